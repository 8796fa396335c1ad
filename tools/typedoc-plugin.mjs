import { Converter, ReflectionGroup, ReflectionKind } from 'typedoc';

/** What readers look for first; the rest follows as lib/index.ts exports it. */
const FIRST = ['ReplicatedMySql', 'ReplicatedMySqlProps'];

/** Fits the API reference to one page. */
export function load(app) {
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const reflection of Object.values(project.reflections)) {
        showDefaults(reflection);
        delete reflection.overwrites;
      }
      const rank = ({ name }) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
      const kind = ({ kind }) => (kind === ReflectionKind.Interface ? 0 : 1);
      const group = new ReflectionGroup('Reference', project);
      group.children = [...project.children].sort((a, b) => rank(a) - rank(b) || kind(a) - kind(b));
      project.groups = [group];
    },
    -1e6,
  );
}

/** `@default - words` in words, `@default code` and `@default code - words` as code. */
function showDefaults({ comment }) {
  for (const tag of comment?.blockTags.filter(({ tag }) => tag === '@default') ?? []) {
    const [, code, words] = /^(.*?)(?:^- | - |$)(.*)$/s.exec(tag.content.map(({ text }) => text).join(''));
    tag.content = [
      { kind: 'code', text: code && `\`${code}\`` },
      { kind: 'text', text: [code && words && ': ', words].join('') },
    ];
  }
}
