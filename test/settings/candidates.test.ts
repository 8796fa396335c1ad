import { candidatesOf } from './candidates';

test('each option of the server gets a value that is not its default, where there is one', () => {
  const help = `Usage: mysqld [OPTIONS]
  --autocommit        Set default value for autocommit (0 or 1)

Variables (--variable-name=value)
and boolean options {FALSE|TRUE}                             Value (after reading options)
------------------------------------------------------------ -------------
autocommit                                                   TRUE
basedir                                                      /usr/
big-tables                                                   FALSE
back-log                                                     151
block-encryption-mode                                        
default-time-zone                                            (No default value)
general-log-file                                             (No default value)
net-retry                                                    18446744073709551615

To see what values a running MySQL server is using, type
'mysqladmin variables' instead of 'mysqld --verbose --help'.
`;
  expect(candidatesOf(help)).toEqual({
    candidates: [
      { option: 'autocommit', value: 'OFF' },
      { option: 'basedir', value: '/usr/' },
      { option: 'big-tables', value: 'ON' },
      { option: 'back-log', value: '302' },
      { option: 'default-time-zone', value: 'Europe/Berlin' },
      { option: 'net-retry', value: '9223372036854775807' },
    ],
    untried: ['block-encryption-mode', 'general-log-file'],
  });
});
