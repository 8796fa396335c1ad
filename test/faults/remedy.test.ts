import { remedyIn } from './support/remedy';

test('the command is taken from the message word for word', () => {
  const command = `kubectl patch configmap mysql --patch '{"data":{"initialize":"fromReplica"}}' && kubectl delete pod mysql-0`;
  expect(remedyIn(`2026-01-02T03:04:05Z REFUSED: this volume is empty. In the app, or by ${command}`)).toBe(command);
});

test('a message without a command is refused', () => {
  expect(() => remedyIn('REFUSED: bring the volume back')).toThrow('no command in');
});
