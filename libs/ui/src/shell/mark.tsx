/** The product's mark: a network of six units, of which three belong to one module. Decoration; the name stands beside it. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg className="m-mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path className="m-mark__rest" d="M5 5 12 12M5 12h7M5 19l7-7M12 12l7 7M12 5l7 7M12 19h7" />
      <path className="m-mark__module" d="M5 5h7l7 7M5 5l7 7h7" />
      <g className="m-mark__rest-unit">
        <circle cx="5" cy="12" r="2" />
        <circle cx="5" cy="19" r="2" />
        <circle cx="12" cy="19" r="2" />
        <circle cx="19" cy="19" r="2" />
      </g>
      <g className="m-mark__module-unit">
        <circle cx="5" cy="5" r="2.5" />
        <circle cx="12" cy="5" r="2.5" />
        <circle cx="12" cy="12" r="2.5" />
        <circle cx="19" cy="12" r="2.5" />
      </g>
    </svg>
  );
}
