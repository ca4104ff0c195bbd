// Commits, stashes, branches and tags that have a file.
import * as vscode from "vscode";
import { momentText } from "../views/checkpoint-text.js";
import { GitFile, gitFileOf } from "./git-file.js";
import { COMMIT_FORMAT, readCommits, readObjects, readRefs, readStashes, REF_FORMAT, STASH_FORMAT } from "./git-records.js";
import { titleWith } from "./open-comparison.js";
import type { Section } from "./section.js";

const COMMITS = 100;
const REFS = 300;

/** Sections, or what is to be said where there are none. */
export interface Found {
  readonly sections: readonly Section[];
  readonly why?: string;
}

/** What git has of a graph's file. */
export async function gitSections(uri: vscode.Uri): Promise<Found> {
  const file = await gitFileOf(uri);
  if (!(file instanceof GitFile)) return { sections: [], why: file.why };
  if (!file.hasCommits) return { sections: [], why: vscode.l10n.t("The repository has no commits yet.") };
  const [commits, stashes, refs] = await Promise.all([commitsOf(file, uri), stashesOf(file, uri), refsOf(file, uri)]);
  const why = commits.rows.length === 0 ? { why: vscode.l10n.t("No commit has this file: Git does not track it yet.") } : {};
  return { sections: [commits, stashes, refs], ...why };
}

async function commitsOf(file: GitFile, uri: vscode.Uri): Promise<Section> {
  const encoded = ["-c", "i18n.logOutputEncoding=UTF-8"];
  const listed = ["log", "--follow", `-n${COMMITS}`, "-z", "--name-only", `--format=${COMMIT_FORMAT}`, "--", file.path];
  const rows = readCommits(await file.run([...encoded, ...listed]), file.path).map(({ hash, author, at, subject, path }) => ({
    label: subject,
    description: [hash.slice(0, 7), author, momentText(at)].join(" · "),
    icon: "git-commit",
    comparison: { before: file.at(hash, path), title: titleWith(uri, hash.slice(0, 7)) },
  }));
  return { title: vscode.l10n.t("commits"), rows, all: vscode.l10n.t("Show All {0} Commits…", rows.length) };
}

/** Those that hold a change of the file: it is not what it was in the commit that they were made on. */
async function stashesOf(file: GitFile, uri: vscode.Uri): Promise<Section> {
  const stashes = readStashes(await file.run(["stash", "list", `--format=${STASH_FORMAT}`]));
  const objects = await objectsAt(
    file,
    stashes.flatMap(({ hash }) => [hash, `${hash}^1`]),
  );
  const held = stashes.filter((_, index) => objects[2 * index] !== undefined && objects[2 * index] !== objects[2 * index + 1]);
  const rows = held.map(({ hash, name, at, subject }) => ({
    label: subject,
    description: [name, momentText(at)].join(" · "),
    icon: "archive",
    comparison: { before: file.at(hash), title: titleWith(uri, name) },
  }));
  return { title: vscode.l10n.t("stashes"), rows, all: vscode.l10n.t("Show All {0} Stashes…", rows.length) };
}

const icons = { branch: "git-branch", remote: "cloud", tag: "tag" } as const;

async function refsOf(file: GitFile, uri: vscode.Uri): Promise<Section> {
  const listed = ["for-each-ref", "--sort=-creatordate", `--count=${REFS}`, `--format=${REF_FORMAT}`];
  const refs = readRefs(await file.run([...listed, "refs/heads", "refs/remotes", "refs/tags"]));
  const objects = await objectsAt(
    file,
    refs.map(({ ref }) => ref),
  );
  const rows = refs.flatMap(({ ref, name, at, subject, kind }, index) =>
    objects[index] === undefined
      ? []
      : [
          {
            label: name,
            description: [momentText(at), subject].filter((part) => part !== "").join(" · "),
            icon: icons[kind],
            comparison: { before: file.at(ref), title: titleWith(uri, name) },
          },
        ],
  );
  return { title: vscode.l10n.t("branches and tags"), rows, all: vscode.l10n.t("Show All {0} Branches and Tags…", rows.length) };
}

/** The names of what the file is at each ref; undefined where it is not there. */
async function objectsAt(file: GitFile, refs: readonly string[]): Promise<readonly (string | undefined)[]> {
  if (refs.length === 0) return [];
  const asked = refs.map((ref) => `${ref}:${file.path}\n`).join("");
  return readObjects(await file.run(["cat-file", "--batch-check=%(objectname)"], asked));
}
