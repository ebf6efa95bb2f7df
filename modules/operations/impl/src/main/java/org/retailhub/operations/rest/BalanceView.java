package org.retailhub.operations.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.operations.Alarms;
import org.retailhub.operations.Balance;
import org.retailhub.operations.domain.Entry;

/** The balance as operators read it. */
@Schema(name = "Balance")
public record BalanceView(
        Instant from,
        Instant to,

        @Schema(description = "false: more came in than was counted; ask for a shorter time")
        boolean complete,

        @Schema(description = "Whether every sheet is balanced and nothing is named")
        boolean balanced,

        java.util.List<Sheet> sheets,

        @Schema(description = "Rows and messages that must be there and are not, also of other times")
        java.util.List<Named> named) {

    /** One channel in one hour. */
    @Schema(name = "BalanceSheet")
    public record Sheet(
            @Schema(examples = "order") String kind,
            @Schema(examples = "acme") String tenant,
            @Schema(examples = "shop-eu") String channel,

            @Schema(description = "Begin of the hour in which it came in, UTC")
            Instant hour,

            @Schema(examples = "12") long received,

            @Schema(description = "How many are in each term", examples = "{\"posted\":11,\"in-flight\":1}")
            Map<String, Long> terms,

            @Schema(description = "Entries whose rows are not whole")
            long faulty,

            boolean balanced) {}

    /** Something that is not there. */
    @Schema(name = "BalanceFault")
    public record Named(
            @Schema(examples = "OPS-2001") String code,

            @Schema(examples = "order 01KAQ3V9Y2M4T6W8X0Z1B3C5D7")
            String subject,

            @Schema(examples = "its row in posting is missing")
            String detail,

            Instant since) {}

    /** The list behind a figure. */
    @Schema(name = "BalanceEntryList")
    public record List(
            java.util.List<Line> entries,
            @Schema(description = "false: there are more") boolean complete) {
        static List of(Balance.Entries found) {
            return new List(found.entries().stream().map(Line::of).toList(), found.complete());
        }
    }

    /** One that came in. */
    @Schema(name = "BalanceEntry")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            @Schema(examples = "order") String kind,

            @Schema(description = "Leads on in the trace", examples = "01KAQ3V9Y2M4T6W8X0Z1B3C5D7")
            String key,

            @Schema(examples = "acme") String tenant,
            @Schema(examples = "shop-eu") String channel,
            Instant at,
            @Schema(examples = "posted") String term,
            @Schema(description = "How often it came") int times,

            @Schema(examples = "posted, posting acknowledged")
            String detail,

            java.util.List<String> faults) {
        static Line of(Entry entry) {
            return new Line(
                    entry.kind(),
                    entry.key(),
                    entry.tenant(),
                    entry.channel(),
                    entry.at(),
                    entry.term().wire(),
                    entry.times(),
                    entry.detail(),
                    entry.faults());
        }
    }

    static BalanceView of(Instant from, Instant to, Balance.Sheets counted, java.util.List<Alarms.Kept> named) {
        java.util.List<Sheet> sheets =
                counted.sheets().stream().map(BalanceView::sheet).toList();
        return new BalanceView(
                from,
                to,
                counted.complete(),
                named.isEmpty() && sheets.stream().allMatch(Sheet::balanced),
                sheets,
                named.stream()
                        .map(each -> new Named(each.code(), each.subject(), each.detail(), each.raisedAt()))
                        .toList());
    }

    private static Sheet sheet(org.retailhub.operations.domain.Sheet sheet) {
        Map<String, Long> terms = new LinkedHashMap<>();
        sheet.terms().forEach((term, count) -> terms.put(term.wire(), count));
        return new Sheet(
                sheet.kind(),
                sheet.tenant(),
                sheet.channel(),
                sheet.hour(),
                sheet.received(),
                terms,
                sheet.faulty(),
                sheet.isBalanced());
    }
}
