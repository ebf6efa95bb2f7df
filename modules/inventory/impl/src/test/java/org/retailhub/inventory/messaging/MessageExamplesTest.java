package org.retailhub.inventory.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.retailhub.platform.testkit.MessageExamples.assertWritten;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;
import static org.retailhub.platform.testkit.MessageExamples.payloadOfTomorrow;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.ErpKnowledge;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.Reserving;
import org.retailhub.inventory.Settling;
import org.retailhub.inventory.api.ConsumeStock;
import org.retailhub.inventory.api.MarkKnownToErp;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.RecordMovement;
import org.retailhub.inventory.api.ReleaseStock;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * What {@code docs/asyncapi.yaml} shows is understood, with a field more as well: an addition keeps the version. And it is what a sender
 * writes who has this module's records.
 */
class MessageExamplesTest {
    private static final CommandReader READER =
            new CommandReader(Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC));
    private static final String REFERENCE = "01M8A29R5AW3X5Z7B9D1F3H5K7";

    private static void assertUnderstood(Object expected, String type) {
        for (String body : new String[] {payload(type), payloadOfTomorrow(type)}) {
            assertEquals(
                    expected,
                    READER.read(new Envelope(
                            header(type, "messageId"),
                            type,
                            header(type, "tenant"),
                            header(type, "businessKey"),
                            Long.parseLong(header(type, "sequence")),
                            header(type, "traceparent"),
                            header(type, "causedBy"),
                            header(type, "channel"),
                            body)));
        }
    }

    private static <T> void assertWrittenBy(Class<T> record, String type) throws JsonProcessingException {
        T command = StrictJson.read(payload(type).getBytes(StandardCharsets.UTF_8), record);
        assertWritten(type, StrictJson.mapper().writeValueAsString(command));
    }

    private static BigDecimal pieces(int number) {
        return new BigDecimal(number).setScale(3);
    }

    @Test
    void aMovementIsUnderstood() throws JsonProcessingException {
        MovementDocument receipt = new MovementDocument(
                "wms-berlin-1",
                4711L,
                "GR-2026-118",
                "1",
                MovementKind.RECEIPT,
                "MUG-WHITE",
                "berlin-1",
                pieces(10),
                "EA",
                Instant.parse("2026-11-23T07:00:00Z"),
                null,
                null,
                null,
                true);
        String type = RecordMovement.TYPE;
        assertUnderstood(new Telling("acme", receipt, header(type, "traceparent")), type);
        assertWrittenBy(RecordMovement.class, type);
    }

    @Test
    void aReservationIsUnderstood() throws JsonProcessingException {
        ReservationDocument wanted = new ReservationDocument(
                REFERENCE,
                "shop-eu",
                false,
                Instant.parse("2026-11-24T09:00:00Z"),
                List.of(
                        new ReservationDocument.Line("1", "MUG-WHITE", "berlin-1", pieces(2), List.of()),
                        new ReservationDocument.Line(
                                "2",
                                "TEA-SET",
                                "berlin-1",
                                pieces(1),
                                List.of(
                                        new ReservationDocument.Component("MUG-WHITE", pieces(4)),
                                        new ReservationDocument.Component("POT-WHITE", pieces(1))))));
        String type = ReserveStock.TYPE;
        assertUnderstood(
                new Reserving.Request("acme", wanted, header(type, "traceparent"), header(type, "messageId"), true),
                type);
        assertWrittenBy(ReserveStock.class, type);
    }

    @Test
    void whatTheErpKnowsIsUnderstood() throws JsonProcessingException {
        assertUnderstood(
                new ErpKnowledge.Telling("acme", "pos-berlin-1", "#118", "idempiere", "1000017"), MarkKnownToErp.TYPE);
        assertWrittenBy(MarkKnownToErp.class, MarkKnownToErp.TYPE);
    }

    @Test
    void stepsOfAReservationAreUnderstood() throws JsonProcessingException {
        StepDocument shipment =
                new StepDocument("SHIP-77", List.of(new StepDocument.Item("MUG-WHITE", "berlin-1", pieces(5))));
        assertUnderstood(step(ConsumeStock.TYPE, Settling.Kind.CONSUME, shipment), ConsumeStock.TYPE);
        assertWrittenBy(ConsumeStock.class, ConsumeStock.TYPE);
        StepDocument cancellation = new StepDocument("CANCEL-12", List.of());
        assertUnderstood(step(ReleaseStock.TYPE, Settling.Kind.RELEASE, cancellation), ReleaseStock.TYPE);
        assertWrittenBy(ReleaseStock.class, ReleaseStock.TYPE);
    }

    private static Settling.Step step(String type, Settling.Kind kind, StepDocument document) {
        return new Settling.Step(
                "acme", "", REFERENCE, kind, document, header(type, "traceparent"), header(type, "messageId"));
    }
}
