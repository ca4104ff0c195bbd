// What git prints, read. Fields of a record are apart by `FIELD`, records begin with `RECORD`: no subject and no path holds either.

/** What begins a record in what git is asked to print; `git log` and `git for-each-ref` spell it differently. */
const RECORD = "\u001e";
const FIELD = "\u001f";

/** The fields of a commit that `readCommits` reads, as `git log --format` spells them; the path follows. */
export const COMMIT_FORMAT = "%x1e%H%x1f%an%x1f%at%x1f%s%x1f";
/** The fields of a stash, as `git stash list --format` spells them. */
export const STASH_FORMAT = "%x1e%H%x1f%ct%x1f%gs";
/** The fields of a branch or tag, as `git for-each-ref --format` spells them. */
export const REF_FORMAT = "%1e%(refname)%1f%(refname:short)%1f%(creatordate:unix)%1f%(HEAD)%1f%(contents:subject)";

/** A commit that changed a file. */
export interface CommitRecord {
  readonly hash: string;
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly subject: string;
  /** Where the file was, from the root of the repository. */
  readonly path: string;
}

/** What somebody put aside. */
export interface StashRecord {
  readonly hash: string;
  /** As in `stash@{0}`: another one tomorrow. */
  readonly name: string;
  readonly at: number;
  readonly subject: string;
}

/** A branch or a tag. */
export interface RefRecord {
  /** As in `refs/heads/main`. */
  readonly ref: string;
  readonly name: string;
  readonly at: number;
  readonly subject: string;
  readonly kind: "branch" | "remote" | "tag";
}

/** Commits with the file's path in each, newest first. A merge names no path: the file has there what it has in the commit after it. */
export function readCommits(text: string, path: string): readonly CommitRecord[] {
  let last = path;
  return recordsOf(text).map(([hash = "", author = "", at = "", subject = "", names = ""]) => {
    last = names.split(/[\0\n]/).findLast((name) => name !== "") ?? last;
    return { hash, author, at: milliseconds(at), subject, path: last };
  });
}

/** What `git stash list` prints, newest first. */
export function readStashes(text: string): readonly StashRecord[] {
  return recordsOf(text).map(([hash = "", at = "", subject = ""], index) => ({
    hash,
    name: `stash@{${index}}`, // git itself may be set to name it by its age
    at: milliseconds(at),
    subject,
  }));
}

/** Branches and tags other than the one checked out. What a remote calls its `HEAD` is one of its branches. */
export function readRefs(text: string): readonly RefRecord[] {
  return recordsOf(text).flatMap(([ref = "", name = "", at = "", head = "", subject = ""]) => {
    const kind = ref.startsWith("refs/tags/") ? "tag" : ref.startsWith("refs/remotes/") ? "remote" : "branch";
    const isOther = head !== "*" && !(kind === "remote" && ref.endsWith("/HEAD"));
    return isOther ? [{ ref, name, at: milliseconds(at), subject, kind }] : [];
  });
}

/** What `git cat-file --batch-check=%(objectname)` prints, line by line: the object's name, undefined where there is none. */
export function readObjects(text: string): readonly (string | undefined)[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => (/^[0-9a-f]{40,64}$/.test(line) ? line : undefined));
}

function recordsOf(text: string): readonly (readonly string[])[] {
  return text
    .split(RECORD)
    .slice(1)
    .map((record) => record.replace(/\n$/, "").split(FIELD));
}

function milliseconds(seconds: string): number {
  return Number(seconds) * 1000;
}
