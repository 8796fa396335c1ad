import { App, Chart, ChartProps } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ReplicatedMySql, ReplicatedMySqlProps } from '../../lib';

/** Whatever YAML holds. Its leaves are typed like its branches, so that tests reach in without casts. */
export interface Yaml {
  readonly [key: string]: Yaml;
}

/** The objects of a YAML text, found by kind and name. */
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
   * What stands at a place, undefined when nothing does.
   *
   * @param place such as `StatefulSet/mysql: spec.template.spec.containers[mysql].image`. In brackets stands the name of
   * a list's element, or a key that has dots.
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

/** What the element of a list is called: by its name, the path where it is mounted, or its number. */
export function elementName(element: Yaml, index: number): string {
  return String(element?.mountPath ?? element?.name ?? element?.metadata?.name ?? index);
}

function child(node: Yaml, step: string): Yaml | undefined {
  return Array.isArray(node) ? node.find((element: Yaml, i) => elementName(element, i) === step) : node[step];
}

/** An app with one chart, and in it what `declare` declares, as YAML. */
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
