package org.retailhub.masterdata.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;
import static org.retailhub.platform.testkit.MessageExamples.payloadOfTomorrow;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.masterdata.AuditTrail;
import org.retailhub.masterdata.ErpMasters;
import org.retailhub.masterdata.api.LearnMaster;
import org.retailhub.masterdata.domain.ErpMaster;
import org.retailhub.masterdata.messaging.MasterCommands.Facts;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;

/** What is taken off the queue of ERPs' masters, and what is parked. */
class MasterCommandsTest {
    private static final String KEY = header(LearnMaster.TYPE, "businessKey");

    private static final Facts NOBODY = new Facts(Map.of());

    /** Deciding asks nobody: no database is there. */
    private static Verdict<ErpMaster> decide(String type, String key, String body, Facts facts) {
        Clock clock = Clock.systemUTC();
        Database none = new Database(new PGSimpleDataSource());
        return new MasterCommands(
                        new ErpMasters(none, new AuditTrail(none, new Ulid(clock)), clock), new Trace(none, clock))
                .decide(new Envelope("M1", type, "acme", key, 1, "", "", "", body), facts);
    }

    private static ErpMaster handled(String body) {
        return (ErpMaster) assertInstanceOf(Verdict.Handle.class, decide(LearnMaster.TYPE, KEY, body, NOBODY))
                .effect();
    }

    @Test
    void whatTheDocumentShowsIsUnderstoodWithAFieldMoreAsWell() {
        for (String body : new String[] {payload(LearnMaster.TYPE), payloadOfTomorrow(LearnMaster.TYPE)}) {
            ErpMaster master = handled(body);
            assertEquals(new Gtin("4006381333931"), master.gtin());
            assertEquals("MUG-WHITE", master.key());
        }
    }

    @Test
    void anItemIsKnownByTheSkuThatTheErpNamesElseByItsSearchKey() {
        assertEquals(
                "MUG-W",
                handled(payload(LearnMaster.TYPE).replace("\"sku\":null", "\"sku\":\" MUG-W \""))
                        .key());
        assertEquals(
                "MUG-WHITE",
                handled(payload(LearnMaster.TYPE).replace("\"sku\":null", "\"sku\":\"\""))
                        .key());
    }

    @Test
    void aNumberThatIsNoGtinIsLeftOut() {
        assertNull(handled(payload(LearnMaster.TYPE).replace("4006381333931", "4711"))
                .gtin());
    }

    @Test
    void whatCannotBeTakenOverIsParkedAndTheFieldNamed() {
        String good = payload(LearnMaster.TYPE);
        assertParked("RUN-4002", "", decide("LearnMaster.v9", KEY, good, NOBODY));
        assertParked("RUN-4001", "", decide(LearnMaster.TYPE, KEY, "{\"kind\":", NOBODY));
        assertParked("RUN-4001", "", decide(LearnMaster.TYPE, KEY, "null", NOBODY));
        assertParked("MAS-1021", "erpId: ", decide(LearnMaster.TYPE, "acme/idempiere/item/7", good, NOBODY));
        assertParked("MAS-1021", "value: ", good.replace("\"MUG-WHITE\"", "\"" + "x".repeat(41) + "\""));
        assertParked("MAS-1021", "value: ", good.replace("\"MUG-WHITE\"", "null"));
        assertParked("MAS-1021", "value: ", good.replace("\"MUG-WHITE\"", "\"a\\tb\""));
        assertParked("MAS-1021", "name: ", good.replace("\"Mug, white\"", "null"));
        assertParked("MAS-1021", "name: ", good.replace("Mug, white", " "));
        assertParked("MAS-1021", "name: ", good.replace("Mug, white", "x".repeat(256)));
        assertParked("MAS-1021", "sku: ", good.replace("\"sku\":null", "\"sku\":\"" + "x".repeat(65) + "\""));
        assertParked(
                "MAS-1021",
                "kind: ",
                decide(LearnMaster.TYPE, "acme/idempiere/gift/1000042", good.replace("\"item\"", "\"gift\""), NOBODY));
        assertParked(
                "MAS-1021",
                "rate: ",
                decide(
                        LearnMaster.TYPE,
                        "acme/idempiere/tax-code/1000042",
                        good.replace("\"item\"", "\"tax-code\""),
                        NOBODY));
    }

    @Test
    void aKeyThatAnotherItemInUseHasIsParked() {
        assertParked(
                "MAS-1021",
                "value: MUG-WHITE is that of idempiere/7 already",
                decide(LearnMaster.TYPE, KEY, payload(LearnMaster.TYPE), new Facts(Map.of("M1", "idempiere/7"))));
    }

    private static void assertParked(String code, String detail, String body) {
        assertParked(code, detail, decide(LearnMaster.TYPE, KEY, body, NOBODY));
    }

    private static void assertParked(String code, String detail, Verdict<ErpMaster> verdict) {
        Verdict.Park<?> park = assertInstanceOf(Verdict.Park.class, verdict);
        assertEquals(code, park.code().code());
        assertTrue(park.detail().startsWith(detail), park::detail);
    }
}
