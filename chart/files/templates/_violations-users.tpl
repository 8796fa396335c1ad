{{/* Rules on databases, users and SQL. */}}
{{- define "replicated-mysql.violations.users" }}
{{- $values := .Values }}
{{- if and $values.credentials.insecure (or $values.databases $values.users) }}
users: insecure credentials have no Secret with their passwords. Use a Secret, also for databases
{{- end }}
{{- $known := list }}
{{- range $values.databases }}
{{- with include "replicated-mysql.why-no-database" . }}
databases: {{ . }}
{{- end }}
{{- if has . $known }}
databases: {{ toRawJson . }} is there twice. Remove one
{{- end }}
{{- $known = append $known . }}
{{- end }}
{{- $accounts := include "replicated-mysql.accounts" . | fromJsonArray }}
{{- $places := dict }}
{{- range $i, $user := $values.users }}
{{- $prop := printf "users[%d]" $i }}
{{- if or (not (regexMatch `^\P{Cc}{1,32}$` .name)) (has .name $accounts) (hasPrefix "mysql." .name) }}
{{ $prop }}.name: {{ toRawJson .name }} is not a name for an account of an application. Use 1 to 32 characters, and none of {{ join ", " $accounts }} and mysql.*
{{- end }}
{{- range .roles }}
{{- if or (not (regexMatch `^\P{Cc}{1,32}$` .)) (has . $accounts) (hasPrefix "mysql." .) }}
{{ $prop }}.roles: {{ toRawJson . }} is not a name of a role. Use 1 to 32 characters, and none of {{ join ", " $accounts }} and mysql.*
{{- end }}
{{- end }}
{{- if has .password.key (values $values.credentials.keys) }}
{{ $prop }}.password: the key {{ .password.key }} is that of an account of the cluster. Use a key of its own
{{- end }}
{{- range $host := .hosts | default (list "%") }}
{{- $account := printf "%s@%s" $user.name (lower $host) }}
{{- if hasKey $places $account }}
{{ $prop }}: {{ toRawJson $user.name }} from {{ $host }} is there already, at {{ get $places $account }}. Put all of its grants into one
{{- else }}
{{- $_ := set $places $account $prop }}
{{- end }}
{{- end }}
{{- range $j, $grant := .grants }}
{{- include "replicated-mysql.violations.grant" (dict "prop" (printf "%s.grants[%d]" $prop $j) "given" .) }}
{{- end }}
{{- end }}
{{- if $values.users }}
{{- range $options := $values.settings }}
{{- range $option, $value := $options }}
{{- if and (regexMatch "(?i)^(loose[-_])?partial[-_]revokes$" $option) (not (regexMatch "(?i)^(0|off|false)$" (toString $value))) }}
settings: partial_revokes gives the names of databases in grants another meaning. Leave it out, or the value users
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* A grant: (dict "prop" PROP "given" GRANT). */}}
{{- define "replicated-mysql.violations.grant" }}
{{- $prop := .prop }}
{{- $kinds := pick .given "readWrite" "readOnly" "owner" "privileges" | keys }}
{{- if or (ne (len $kinds) 1) (and (ne (len .given) 1) (not (has "privileges" $kinds))) }}
{{ $prop }}: {{ toRawJson .given }} is not one grant. Use readWrite, readOnly or owner with a database, or privileges with a database and a table
{{- else }}
{{- $grant := include "replicated-mysql.grant" .given | fromJson }}
{{- $none := include "replicated-mysql.privileges.none" . | fromJsonArray }}
{{- $wrong := false }}
{{- range $grant.privileges }}
{{- if or (not (regexMatch "^[A-Z][A-Z_]*( [A-Z]+)*$" .)) (has . $none) }}{{ $wrong = true }}{{ end }}
{{- end }}
{{- if $wrong }}
{{ $prop }}: {{ toRawJson $grant.privileges }} are not privileges that can be granted here. Use for example "SELECT", "INSERT" or "ALL PRIVILEGES"
{{- end }}
{{- if hasKey $grant "database" }}
{{- $readable := include "replicated-mysql.databases.readable" . | fromJsonArray }}
{{- if or (not (has (lower $grant.database) $readable)) (without $grant.privileges "SELECT" "EXECUTE") }}
{{- with include "replicated-mysql.why-no-database" $grant.database }}
{{ $prop }}: {{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- if hasKey $grant "table" }}
{{- if or (not (hasKey $grant "database")) (include "replicated-mysql.is-identifier" $grant.table | not) }}
{{ $prop }}: {{ toRawJson $grant.table }} is not a table of a database. Use { database: "shop", table: "orders" }
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Something if MySQL accepts a name in backticks. */}}
{{- define "replicated-mysql.is-identifier" }}
{{- if regexMatch `^[^\p{Cc}\x{10000}-\x{10ffff}]{0,63}[^\p{Cc}\x{10000}-\x{10ffff} ]$` . }}yes{{ end }}
{{- end }}

{{/* What is wrong with the name of a database of the application. */}}
{{- define "replicated-mysql.why-no-database" }}
{{- if has (lower .) (include "replicated-mysql.databases.reserved" . | fromJsonArray) }}
{{- toRawJson . }} is a database of the server or of the cluster. Use one of the application
{{- else if include "replicated-mysql.is-identifier" . | not }}
{{- toRawJson . }} is not a name of a database. Use 1 to 64 characters without control characters
{{- end }}
{{- end }}

{{- define "replicated-mysql.violations.sql" }}
{{- $kibibytes := div (add (len (toRawJson .Values.initialize.sql)) 1023) 1024 }}
{{- if gt $kibibytes 128 }}
initialize.sql: {{ $kibibytes }} KiB of SQL are too much for a ConfigMap that helm applies. Use at most 128 KiB, and load the rest through the primary
{{- end }}
{{- end }}
