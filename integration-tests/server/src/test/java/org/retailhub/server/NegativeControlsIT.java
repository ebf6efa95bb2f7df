package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The proofs are worth something: a hub that is wrong in one place turns them red. */
@Tag("deep")
class NegativeControlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern XA_OF_ORDER = Pattern.compile(
            "<xa-datasource jndi-name=\"([^\"]*)\" pool-name=\"order\".*?<xa-datasource-property name=\"URL\">\\s*(.*?)\\s*</xa-datasource-property>.*?(<security [^>]*/>).*?</xa-datasource>",
            Pattern.DOTALL);

    @Test
    void datasourceWithoutXaLosesAnOrder() {
        UnaryOperator<String> noXa = xml -> {
            Matcher found = XA_OF_ORDER.matcher(xml);
            assertTrue(found.find(), "the order module's datasource");
            return found.replaceFirst(Matcher.quoteReplacement("<datasource jta=\"true\" jndi-name=\"" + found.group(1)
                    + "\" pool-name=\"order\"><connection-url>" + found.group(2)
                    + "</connection-url><driver>postgresql</driver><pool><max-pool-size>40</max-pool-size></pool>"
                    + found.group(3) + "</datasource>"));
        };
        try (Hub hub = Hub.start(new Hub.Variant("not-xa", noXa, ""))) {
            Books.Audit audit = killedAt(hub, KillMatrix.intake("transaction log | before write"));
            assertTrue(audit.missing() > 0, "an order lost between database and broker: " + audit);
        }
    }

    /** The other role may do all that the first one may, as its member; PostgreSQL still lets it finish no branch of the first. */
    @Test
    void recoveryByAnotherRoleLeavesBranchesPrepared() {
        UnaryOperator<String> roleByEnvironment = xml -> xml.replace(
                "user-name=\"order_app\" password=\"${env.RETAIL_DB_ORDER_APP_PASSWORD}\"",
                "user-name=\"${env.RETAIL_TEST_ROLE:order_app}\""
                        + " password=\"${env.RETAIL_TEST_PASSWORD:${env.RETAIL_DB_ORDER_APP_PASSWORD}}\"");
        try (Hub hub = Hub.start(new Hub.Variant("other-role", roleByEnvironment, ""))) {
            hub.books()
                    .execute(
                            "retailhub",
                            "create role another_app login password 'another' in role order_app",
                            "alter role another_app set search_path = ordering");
            hub.environment("RETAIL_TEST_ROLE", "another_app");
            hub.environment("RETAIL_TEST_PASSWORD", "another");
            Books.Audit audit = killedAt(hub, KillMatrix.intake("transaction log | after write"));
            assertTrue(audit.preparedLeft() > 0, "a branch that nobody may finish: " + audit);
        }
    }

    @Test
    void withoutTheGuardAChangeOvertakes() {
        String noGuard = """
                RULE no sequence guard
                CLASS org.retailhub.platform.runtime.messaging.DrainBatch
                METHOD takeFresh
                AT ENTRY
                IF TRUE
                DO forgetSequence($0, $1)
                ENDRULE
                """;
        try (Hub hub = Hub.start(new Hub.Variant("no-guard", xml -> xml, noGuard))) {
            Books.Audit audit = Overtaking.in(World.on(hub, "acme"), "overtaken", PATIENCE);
            assertFalse(audit.good(), "a later message took effect before an earlier one: " + audit);
        }
    }

    /** One burst with one kill; what is not there after a while is taken for lost. */
    @SuppressWarnings("try")
    private static Books.Audit killedAt(Hub hub, String point) {
        World world = World.on(hub, "acme");
        Burst burst = new Burst(world, "control", 16, PATIENCE);
        try (Hub.Keeper keeper = hub.keepRunning()) {
            hub.faults().halt(point, 1);
            burst.run();
        } catch (AssertionError expected) {
            // What is wrong shows in the count.
            assertTrue(
                    hub.faults().fired(),
                    () -> "not killed at " + point + ": " + hub.faults().points());
        }
        return hub.books().audit(burst.sent(), List.copyOf(burst.expected()));
    }
}
