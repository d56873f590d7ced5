const lines = /^(storage-away|flush-failed|work-failed|mail-unreadable|mail-waits-for-a-worker) /

/** What workers log while they do not reach the storage is meant so; everything else is a problem. */
export const unexpected = (problems: readonly string[]): readonly string[] => problems.filter((one) => !lines.test(one))
