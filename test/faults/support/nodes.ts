import { execFile } from 'child_process';
import { promisify } from 'util';

/** Power and network of nodes, which only the program of a test cluster can take away. */
export class Nodes {
  /** Why faults of nodes cannot run here; undefined if they can. */
  public static get missing(): string | undefined {
    if (process.env.FAULT_NODES) return undefined;
    return 'FAULT_NODES names no program that is called as PROGRAM cut|restore|unplug|plug NODE';
  }

  /** Power off: what was not flushed to its volumes is lost. */
  public cut(node: string): Promise<void> {
    return this.call('cut', node);
  }

  public restore(node: string): Promise<void> {
    return this.call('restore', node);
  }

  /** Takes its network away; everything on it goes on. */
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
