import { App, Chart, ChartProps } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ReplicatedMySql, ReplicatedMySqlProps } from '../../lib';

/** A node of YAML. Leaves have the type of branches, so that tests need no casts. */
export interface Yaml {
  readonly [key: string]: Yaml;
}

/** The objects of a YAML text, by kind and name. */
export class Manifests {
  public static parse(text: string): Manifests {
    return new Manifests(parseAllDocuments(text).map((document) => document.toJSON() as Yaml));
  }

  private constructor(public readonly all: readonly Yaml[]) {}

  /** `Kind/name` of each object, in the order of the text. */
  public get names(): string[] {
    return this.all.map((object) => `${object.kind}/${object.metadata.name}`);
  }

  /** @param name `Kind/name` */
  public get(name: string): Yaml {
    const found = this.all.filter((_, i) => this.names[i] === name);
    if (found.length !== 1) throw new Error(`${found.length} objects are ${name}; there are ${this.names.join(', ')}`);
    return found[0];
  }

  /**
   * The node at a place, undefined if there is none.
   *
   * @param place such as `StatefulSet/mysql: spec.template.spec.containers[mysql].image`. Brackets hold the name of an
   * element of a list, or a key with dots.
   * @throws if there is no such object
   */
  public at(place: string): Yaml | undefined {
    const [name, path] = place.split(': ');
    const steps = [...path.matchAll(/\[([^\]]*)\]|[^.[]+/g)].map(([step, bracketed]) => bracketed ?? step);
    return steps.reduce(
      (node: Yaml | undefined, step) => (node === undefined ? undefined : child(node, step)),
      this.get(name),
    );
  }
}

/** The name of an element of a list: its mount path, its name, or its index. */
export function elementName(element: Yaml, index: number): string {
  return String(element?.mountPath ?? element?.name ?? element?.metadata?.name ?? index);
}

function child(node: Yaml, step: string): Yaml | undefined {
  return Array.isArray(node) ? node.find((element: Yaml, i) => elementName(element, i) === step) : node[step];
}

/** The labels by which everything but the StatefulSet selects the pods of a cluster. */
export const selectorOf = (name: string) => ({
  app: name,
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/component': 'database',
});

/** The YAML of an app with one chart, to which `declare` adds constructs. */
export function synthApp(declare: (chart: Chart) => void, chartProps?: ChartProps): string {
  const app = new App();
  declare(new Chart(app, 'chart', chartProps));
  return app.synthYaml();
}

/** The YAML of a cluster. */
export function synthYaml(props?: ReplicatedMySqlProps): string {
  return synthApp((chart) => new ReplicatedMySql(chart, 'cluster', props));
}

/** The objects of a cluster. */
export function synth(props?: ReplicatedMySqlProps): Manifests {
  return Manifests.parse(synthYaml(props));
}
