import { readdirSync, readFileSync } from 'fs';
import { resolve } from 'path';
import ts from 'typescript';

const OPTIONS = resolve(__dirname, '../lib/options');

/** The documentation of each prop, `Interface.prop`, as one paragraph. */
export function propComments(): ReadonlyMap<string, string> {
  const files = readdirSync(OPTIONS).filter((file) => file.endsWith('.ts'));
  return new Map(files.flatMap((file) => commentsIn(resolve(OPTIONS, file))));
}

function commentsIn(file: string): [string, string][] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isInterfaceDeclaration).flatMap((declaration) =>
    declaration.members.map((member): [string, string] => {
      const [comment] = ts.getJSDocCommentsAndTags(member);
      const text = ts.getTextOfJSDocComment(comment?.comment) ?? '';
      return [`${declaration.name.text}.${member.name!.getText()}`, inValues(text)];
    }),
  );
}

/** Values have the names of the factories: `Initialize.never()` is `never`. */
function inValues(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace('`Reads.fromReplicas()`', '`reads.from: replicas`')
    .replace(/`[A-Z]\w+\.(\w+)\(\)`/g, '`$1`');
}
