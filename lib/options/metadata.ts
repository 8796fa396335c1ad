/** Labels and annotations beside the library's own. */
export interface MetadataProps {
  /** Labels of the pods. */
  readonly podLabels?: { readonly [key: string]: string };
  /** Annotations of the pods. */
  readonly podAnnotations?: { readonly [key: string]: string };
  /** Labels of the Services. */
  readonly serviceLabels?: { readonly [key: string]: string };
  /** Annotations of the Services. */
  readonly serviceAnnotations?: { readonly [key: string]: string };
}
