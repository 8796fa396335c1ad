import { readFileSync } from 'fs';
import { resolve } from 'path';

const { name, jsii, repository } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8'));

// CONTRIBUTING.md, "Release", has the table.
test('the names in other languages follow from the address of the repository', () => {
  const { host, pathname } = new URL(repository.url);
  const [owner, project] = pathname.slice(1).split('/');
  const group = [...host.split('.').reverse(), owner.replaceAll('-', '')].join('.');
  expect(project).toBe(name);
  expect(jsii.targets).toEqual({
    python: { distName: name, module: name.replaceAll('-', '_') },
    java: { package: group, maven: { groupId: group, artifactId: name } },
    go: { moduleName: `${host}/${owner}/${name}-go`, packageName: 'replicatedmysql' },
  });
});
