import { Converter, ReflectionGroup, ReflectionKind } from 'typedoc';

/** The first entries of the page. The others follow in the order in which lib/index.ts exports them. */
const FIRST = ['ReplicatedMySql', 'ReplicatedMySqlProps'];

/** Puts the API reference on one page. */
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

/** Formats `@default code` and the code of `@default code - text` as code, and all other text as text. */
function showDefaults({ comment }) {
  for (const tag of comment?.blockTags.filter(({ tag }) => tag === '@default') ?? []) {
    const [, code, text] = /^(.*?)(?:^- | - |$)(.*)$/s.exec(tag.content.map((part) => part.text).join(''));
    tag.content = [
      { kind: 'code', text: code && `\`${code}\`` },
      { kind: 'text', text: [code && text && ': ', text].join('') },
    ];
  }
}
