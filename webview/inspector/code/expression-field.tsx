import { use, useCallback, useMemo, useState } from "react";
import { useServices } from "../../store/context.js";
import { Subject } from "../subject.js";
import { CodeField, type CodeFieldProps } from "./code-field.js";
import { Explanation } from "./explanation.js";
import { useCheck } from "./use-check.js";
import type { Complete } from "./use-completions.js";

type ExpressionFieldProps = Omit<CodeFieldProps, "complete" | "problems" | "children" | "onType" | "syntax"> & {
  readonly syntax?: CodeFieldProps["syntax"];
};

/** A field of expressions: completed, checked and explained by the host as it is typed. */
export function ExpressionField({ syntax = "expression", ...field }: ExpressionFieldProps): React.ReactElement {
  const { host } = useServices();
  const subject = use(Subject);
  const [typed, setTyped] = useState<string>();
  const place = useMemo(() => {
    const of = subject === undefined || "channel" in subject ? {} : "node" in subject ? { node: subject.node } : { edge: subject.edge };
    return { ...of, field: field.name };
  }, [subject, field.name]);
  const text = typed ?? field.value;
  const { view, fresh } = useCheck({ ...place, text });
  const complete: Complete = useCallback((asked, at) => host.request("expression/complete", { ...place, text: asked, at }), [host, place]);
  return (
    <CodeField {...field} syntax={syntax} complete={complete} problems={fresh ? (view?.problems ?? []) : []} onType={setTyped}>
      {view !== undefined && text.trim() !== "" && (
        <Explanation name={field.name} view={view} fresh={fresh} asText={syntax !== "expression"} />
      )}
    </CodeField>
  );
}
