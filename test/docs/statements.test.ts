import { readFileSync } from 'fs';
import { join } from 'path';
import { filesIn } from '../support/pages';

const PLACES = ['docs', 'examples', 'lib', 'test', 'benchmarks', 'findings'];

test('nothing asks for the GTIDs of the session, which has none on MySQL 5.7', () => {
  const asking = PLACES.flatMap(filesIn).filter((file) =>
    /@@gtid_[e]xecuted/i.test(readFileSync(join(__dirname, '../..', file), 'utf8')),
  );
  expect(asking).toEqual([]);
});
