{{/*
What values add to the ConfigMap, as JSON: what the sidecar reads of `databases` and `users`, as lib/pod/users.ts writes it,
and the SQL of a first initialization.
*/}}
{{- define "replicated-mysql.contents" -}}
{{- $contents := dict }}
{{- with .Values.databases }}
{{- $_ := set $contents "databases" (printf "%s\n" (include "replicated-mysql.databases" . | trim)) }}
{{- end }}
{{- with .Values.users }}
{{- $_ := set $contents "users" (printf "%s\n" (include "replicated-mysql.users" . | trim)) }}
{{- end }}
{{- if and (eq .Values.initialize.policy "ifEmpty") .Values.initialize.sql }}
{{- $_ := set $contents "initialize.sql" .Values.initialize.sql }}
{{- end }}
{{- toJson $contents }}
{{- end }}

{{- define "replicated-mysql.databases" }}
{{- range . }}
{{ include "replicated-mysql.identifier" . }}
{{- end }}
{{- end }}

{{- define "replicated-mysql.users" }}
{{- range $user := . }}
{{- range $host := .hosts | default (list "%") }}
account {{ include "replicated-mysql.text" $user.name }}@{{ include "replicated-mysql.text" (lower $host) }}
password {{ $user.password.key }} {{ hasKey $user.password "keepOld" | ternary $user.password.keepOld 3600 | int64 }}
options REQUIRE {{ if $user.requireX509 }}X509{{ else if $user.requireTls }}SSL{{ else }}NONE{{ end }} WITH MAX_USER_CONNECTIONS {{ $user.maxConnections | int64 }}
{{- range $user.grants }}
{{- with include "replicated-mysql.grant" . | fromJson }}
grant {{ join ", " .privileges }} ON {{ include "replicated-mysql.object" . }}
{{- end }}
{{- end }}
{{- range $user.roles }}
role {{ include "replicated-mysql.text" . }}@'%'
{{- end }}
{{ end }}
{{- end }}
{{- end }}

{{/* A grant as privileges on an object, as JSON: readWrite, readOnly and owner stand for some on a database. */}}
{{- define "replicated-mysql.grant" -}}
{{- $grant := . }}
{{- range $kind, $database := pick . "readWrite" "readOnly" "owner" }}
{{- $privileges := include (printf "replicated-mysql.privileges.%s" $kind) $ | fromJsonArray }}
{{- $grant = dict "privileges" $privileges "database" $database }}
{{- end }}
{{- toJson $grant }}
{{- end }}

{{/* In the grant of a whole database, its name is a pattern. */}}
{{- define "replicated-mysql.object" -}}
{{- if not (hasKey . "database") -}}
*.*
{{- else if hasKey . "table" -}}
{{ include "replicated-mysql.identifier" .database }}.{{ include "replicated-mysql.identifier" .table }}
{{- else -}}
{{ include "replicated-mysql.identifier" (regexReplaceAll `[\\_%]` .database `\$0`) }}.*
{{- end }}
{{- end }}

{{- define "replicated-mysql.identifier" -}}
`{{ replace "`" "``" . }}`
{{- end }}

{{/* As QUOTE() of the server writes it. */}}
{{- define "replicated-mysql.text" -}}
'{{ regexReplaceAll `['\\]` . `\$0` }}'
{{- end }}
