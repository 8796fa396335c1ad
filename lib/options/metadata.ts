/** Labels and annotations in addition to those of the library. */
export interface MetadataProps {
  /**
   * Labels of the pods.
   * @default - none
   */
  readonly podLabels?: { readonly [key: string]: string };

  /**
   * Annotations of the pods.
   * @default - none
   */
  readonly podAnnotations?: { readonly [key: string]: string };

  /**
   * Labels of the Services.
   * @default - none
   */
  readonly serviceLabels?: { readonly [key: string]: string };

  /**
   * Annotations of the Services.
   * @default - none
   */
  readonly serviceAnnotations?: { readonly [key: string]: string };
}
