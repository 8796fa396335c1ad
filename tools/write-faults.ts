import { writePage } from '../test/faults/support/record';

writePage();
