import { merge } from '../../chart/merge';

const base = ['one', 'two', 'three'];
const text = (when: string, ...lines: string[]) => ({ when, text: lines });

describe('a text and its variants', () => {
  test.each([
    ['a line more', [text('A', 'one', 'two', 'new', 'three')], 'one\ntwo\n{{- if A }}\nnew\n{{- end }}\nthree'],
    ['a line less', [text('A', 'one', 'three')], 'one\n{{- if not (A) }}\ntwo\n{{- end }}\nthree'],
    ['another line', [text('A', 'one', '2', 'three')], 'one\n{{- if A }}\n2\n{{- else }}\ntwo\n{{- end }}\nthree'],
    [
      'lines more at the same place, in the order of the variants',
      [text('A', ...base, 'a'), text('B', ...base, 'b')],
      'one\ntwo\nthree\n{{- if A }}\na\n{{- end }}\n{{- if B }}\nb\n{{- end }}',
    ],
  ])('%s', (_, variants, merged) => {
    expect(merge(base, variants).join('\n')).toBe(merged);
  });

  test('a line that two of them change is merged word by word', () => {
    expect(merge(['run it'], [text('A', 'run --fast it'), text('B', 'run it twice')])).toEqual([
      'run{{ if A }} --fast{{ end }} it{{ if B }} twice{{ end }}',
    ]);
  });

  test('words that two of them change are refused', () => {
    expect(() => merge(['run it'], [text('A', 'run this'), text('B', 'run that')])).toThrow(
      'both "A" and "B" change " it"',
    );
  });

  test('lines that two of them change, to others in number, are refused', () => {
    expect(() => merge(base, [text('A', 'one'), text('B', 'one', '2', 'three')])).toThrow('both "A" and "B" change');
  });
});
