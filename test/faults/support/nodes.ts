import { execFile } from 'child_process';
import { promisify } from 'util';

/** Cuts and restores the power and the network of nodes, by a program that the test cluster provides. */
export class Nodes {
  /** Why faults of nodes cannot run here. Undefined if they can. */
  public static get missing(): string | undefined {
    if (process.env.FAULT_NODES) return undefined;
    return 'FAULT_NODES does not name a program to call as PROGRAM cut|restore|unplug|plug NODE';
  }

  /** Cuts the power: data that was not flushed to the volumes of the node is lost. */
  public cut(node: string): Promise<void> {
    return this.call('cut', node);
  }

  public restore(node: string): Promise<void> {
    return this.call('restore', node);
  }

  /** Cuts the network: everything on the node keeps running. */
  public unplug(node: string): Promise<void> {
    return this.call('unplug', node);
  }

  public plug(node: string): Promise<void> {
    return this.call('plug', node);
  }

  private async call(action: string, node: string): Promise<void> {
    if (Nodes.missing) throw new Error(Nodes.missing);
    await promisify(execFile)(process.env.FAULT_NODES!, [action, node]);
  }
}
