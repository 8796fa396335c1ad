/**
 * Settings of the servers: options of the group `[mysqld]` and their values. `''` is an empty value, which for a boolean
 * option means OFF: write `ON` or `OFF`. A value with a `#` stands in quotes.
 */
export interface SettingsProps {
  /** Of every instance. */
  readonly all?: { readonly [option: string]: string };
  /** Of the primary, over those of every instance. */
  readonly primary?: { readonly [option: string]: string };
  /** Of the replicas, over those of every instance. */
  readonly replica?: { readonly [option: string]: string };
}
