package org.retailhub.simulator.erp;

import java.util.List;
import java.util.Objects;

/**
 * How the ERP behaves at the moment.
 *
 * @param stopped the import does not run on its schedule (on demand it does)
 * @param delayMillis how long the import rests before each batch
 * @param rejections rows that the ERP finds fault with, whatever the master data say
 * @param errorFlag what a row in error carries in {@code I_IsImported}: E as documented, or N, to which some versions of the
 *     import put it back at the end of the run, with the reasons left in {@code I_ErrorMsg}
 */
public record ImportConditions(boolean stopped, long delayMillis, List<Rejection> rejections, String errorFlag) {
    public static final ImportConditions NORMAL = new ImportConditions(false, 0, List.of(), "E");

    /**
     * @param match equals a row's product key, UPC, SKU, charge, partner key, e-mail or document number
     * @param error in the ERP's words, without the {@code ERR=} around it
     */
    public record Rejection(String match, String error) {
        public Rejection {
            Objects.requireNonNull(match);
            Objects.requireNonNull(error);
        }
    }

    public ImportConditions {
        rejections = List.copyOf(rejections);
        if (!errorFlag.equals("E") && !errorFlag.equals("N")) {
            throw new IllegalArgumentException("errorFlag is E or N");
        }
        if (delayMillis < 0) {
            throw new IllegalArgumentException("delayMillis is negative");
        }
    }
}
