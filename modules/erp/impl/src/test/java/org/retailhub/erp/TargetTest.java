package org.retailhub.erp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.sql.Database;

/** Who asks an ERP by the way asks its circuit first and tells it afterwards. */
class TargetTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Target<ErpAdapter.Facts, Object> target = Target.of(
            away(), "erp.postings.fake", new Database(unused(DataSource.class)), Clock.fixed(NOON, ZoneOffset.UTC));

    /** Its probe fails; no other question is its own. */
    @SuppressWarnings("unchecked")
    private static ErpAdapter<ErpAdapter.Facts, Object> away() {
        return (ErpAdapter<ErpAdapter.Facts, Object>) Proxy.newProxyInstance(
                TargetTest.class.getClassLoader(),
                new Class<?>[] {ErpAdapter.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "target" -> "fake";
                    default -> throw new RetailException(ErpError.ERP_DOWN, "no route");
                });
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                TargetTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new SQLException(method.getName());
                }));
    }

    private ErpError refusal(String question) {
        return (ErpError) assertThrows(
                        RetailException.class,
                        () -> target.ask(erp -> {
                            throw new RetailException(ErpError.ERP_DOWN, question);
                        }))
                .code();
    }

    @Test
    void anAnswerClosesTheCircuit() {
        target.circuit().failed(new IllegalStateException("hiccup"));
        target.circuit().failed(new IllegalStateException("hiccup"));
        assertEquals("fake", target.ask(ErpAdapter::target));
        target.circuit().failed(new IllegalStateException("hiccup"));
        assertTrue(target.circuit().isClosed(), "one in a row");
    }

    @Test
    void threeQuestionsWithoutAnswerOpenIt() {
        for (int i = 0; i < 3; i++) {
            assertTrue(target.circuit().isClosed());
            assertEquals(ErpError.ERP_DOWN, refusal("no route"));
        }
        assertFalse(target.circuit().isClosed());
        assertEquals("no route", target.circuit().state().reason().replaceFirst("^ERP-3001 ", ""));
    }

    @Test
    void anErpThatIsAwayIsNotAsked() {
        target.circuit().open(new IllegalStateException("no route"));
        RetailException refusal = assertThrows(
                RetailException.class,
                () -> target.ask(erp -> {
                    throw new AssertionError("asked");
                }));
        assertEquals(ErpError.ERP_DOWN, refusal.code());
        assertEquals("fake is left alone for a while: no route", refusal.detail());
    }

    /** The question was wrong, the ERP is there. */
    @Test
    void anotherFailureIsNotTheErps() {
        for (int i = 0; i < 5; i++) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> target.ask(erp -> {
                        throw new IllegalArgumentException();
                    }));
        }
        assertTrue(target.circuit().isClosed());
    }
}
