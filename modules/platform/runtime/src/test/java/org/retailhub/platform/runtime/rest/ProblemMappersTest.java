package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.jms.JMSException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

class ProblemMappersTest {
    /** As another module's WAR throws it: the same code, another class. */
    private record Foreign(String code, ErrorKind kind, String title) implements ErrorCode {}

    @Test
    void tellsNobodyWhatTheDatabaseSaidEvenIfAnotherModuleAskedIt() {
        Foreign databaseDown = new Foreign("RUN-3001", ErrorKind.DEPENDENCY_DOWN, "The database does not answer");

        assertEquals(
                "The database does not answer", detailOf(databaseDown, "pool java:jboss/datasources/retail/partner"));
    }

    @Test
    void tellsNobodyTheInsideOfABug() {
        assertEquals("Broken", detailOf(new Foreign("MAS-9999", ErrorKind.BUG, "Broken"), "select * from secret"));
    }

    @Test
    void keepsTheDetailOfWhatTheCallerCanMend() {
        RetailException refusal =
                new RetailException(new Foreign("MAS-1003", ErrorKind.NOT_FOUND, "No such product"), "no MUG");

        assertSame(refusal, ProblemMappers.withoutInternals(refusal));
    }

    private static String detailOf(ErrorCode code, String detail) {
        return ProblemMappers.withoutInternals(new RetailException(code, detail))
                .detail();
    }

    @Test
    void tellsABrokerThatIsAwayFromADatabase() {
        assertEquals(
                RuntimeError.DATABASE_DOWN,
                ProblemMappers.whatIsDown(new IllegalStateException(new SQLTransientConnectionException("gone"))));
        assertEquals(
                RuntimeError.BROKER_DOWN,
                ProblemMappers.whatIsDown(new IllegalStateException(new JMSException("gone"))));
    }
}
