import { readdirSync, readFileSync } from 'fs';
import { resolve } from 'path';
import ts from 'typescript';

const OPTIONS = resolve(__dirname, '../lib/options');

interface Comment {
  /** One paragraph. */
  readonly text: string;
  /** The default, if it is described and not code. */
  readonly byDefault?: string;
}

/** The documentation of each prop, `Interface.prop`. */
export function propComments(): ReadonlyMap<string, Comment> {
  const files = readdirSync(OPTIONS).filter((file) => file.endsWith('.ts'));
  return new Map(files.flatMap((file) => commentsIn(resolve(OPTIONS, file))));
}

function commentsIn(file: string): [string, Comment][] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const members = source.statements.filter(ts.isInterfaceDeclaration).flatMap(({ members }) => [...members]);
  return members.map((member) => {
    const comment = ts.getJSDocCommentsAndTags(member).find(ts.isJSDoc);
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default');
    const [, byDefault] = /^- ([^]*)/.exec(textOf(tag)) ?? [];
    const name = `${(member.parent as ts.InterfaceDeclaration).name.text}.${member.name!.getText()}`;
    return [name, { text: inValues(textOf(comment)), byDefault: byDefault && inValues(byDefault) }];
  });
}

function textOf(node?: ts.JSDoc | ts.JSDocTag): string {
  return ts.getTextOfJSDocComment(node?.comment) ?? '';
}

/** Values have the names of the factories: `Initialize.never()` is `never`. */
function inValues(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace('`Reads.fromReplicas()`', '`reads.from: replicas`')
    .replace(/`[A-Z]\w+\.(\w+)\(\)`/g, '`$1`');
}
