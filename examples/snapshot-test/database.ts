import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ReplicatedMySql } from '../../lib'; // 'cdk8s-replicated-mysql' in an app of your own

/** The database of the shop. */
export class Database extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ReplicatedMySql(this, 'mysql', { replicas: 5, storage: { size: Size.gibibytes(100) } });
  }
}
