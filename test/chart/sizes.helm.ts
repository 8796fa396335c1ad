import { writeFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Size } from 'cdk8s';
import { resolveCluster } from '../../lib/cluster';
import { sizes } from '../../lib/pod/sizes';
import { chartDirectory, rendered } from './support/helm';

const memories = Array.from({ length: 3000 }, (_, i) => 256 + i * 33); // multiples of 33 are where fractions end

test('the sizes follow memory as those of the library do', () => {
  const chart = chartDirectory();
  writeFileSync(
    join(chart, 'templates/sweep.yaml'),
    `{{- range untilStep 256 ${256 + 3000 * 33} 33 }}
{{- $resources := dict "mysql" (dict "limits" (dict "memory" (printf "%dMi" .))) }}
memory-{{ . }}: |
  {{- include "replicated-mysql.sizes" (dict "Values" (dict "resources" $resources) "size" "250Gi") | nindent 2 }}
{{- end }}`,
  );
  const { text, refusal } = rendered(chart, {}, 'mysql', '--show-only', 'templates/sweep.yaml');
  expect(refusal).toBe('');
  const found = text.split(/^memory-\d+: \|$/m).slice(1);
  expect(found.map((lines) => lines.trim().split(/\s+/))).toEqual(
    memories.map((memory) => Object.entries(ofLibrary(memory)).map(([option, value]) => `${option}=${value}`)),
  );
});

function ofLibrary(memory: number): Record<string, string> {
  const mysql = { limits: { memory: Size.mebibytes(memory) } };
  const storage = { size: Size.gibibytes(250) };
  return sizes(resolveCluster(new Chart(new App(), 'chart'), { resources: { mysql }, storage }));
}
