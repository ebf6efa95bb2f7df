package org.retailhub.simulator.erp;

/**
 * What one run of the import did.
 *
 * @param documents made
 * @param lines made
 * @param errors rows that did not resolve
 * @param left rows whose document was locked or being changed by somebody else
 */
public record ImportRun(long documents, long lines, long errors, long left, long millis) {
    static final ImportRun NOTHING = new ImportRun(0, 0, 0, 0, 0);

    ImportRun plus(ImportRun other) {
        return new ImportRun(
                documents + other.documents,
                lines + other.lines,
                errors + other.errors,
                left + other.left,
                millis + other.millis);
    }
}
