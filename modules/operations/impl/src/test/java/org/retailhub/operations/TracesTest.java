package org.retailhub.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.operations.domain.Story;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

class TracesTest {
    private static final CallContext OPERATOR = new CallContext("op", "*", Set.of(), Set.of(), "");
    private static final CallContext ACME = new CallContext("acme-web", "acme", Set.of(), Set.of("shop-eu"), "");
    private static final CallContext OTHER = new CallContext("other-web", "other", Set.of(), Set.of(), "");

    /** A module with fixed rows. */
    private static final class Rows implements Insight {
        private final List<Subject> subjects = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<Set<String>> asked = new ArrayList<>();
        private final Map<String, List<String>> aliases = new java.util.HashMap<>();
        private boolean down;

        /** A name by which it is found, and that leads nowhere else. */
        Rows alsoCalled(String alias, String... keys) {
            aliases.put(alias, List.of(keys));
            return this;
        }

        Rows knows(String key, String tenant, String channel, String... names) {
            Set<String> all = new java.util.HashSet<>(List.of(names));
            all.add(key);
            subjects.add(new Subject(key, tenant, channel, null, all));
            return this;
        }

        Rows step(String key, int second, String what) {
            steps.add(new Step(Instant.ofEpochSecond(second), key, what, "", "", null, null));
            return this;
        }

        @Override
        public List<Received> received(Instant from, Instant to, int limit) {
            return List.of();
        }

        @Override
        public Map<String, Account> accounts(Set<String> keys) {
            return Map.of();
        }

        @Override
        public List<Hop> hops(Instant from, Instant to, int limit) {
            return List.of();
        }

        @Override
        public Map<String, String> traceparents(Set<String> keys) {
            return Map.of();
        }

        @Override
        public List<Signal> signals() {
            return List.of();
        }

        @Override
        public List<Missing> missing() {
            return List.of();
        }

        @Override
        public Story story(Set<String> names) {
            asked.add(names);
            if (down) {
                throw new RetailException(RuntimeError.DATABASE_DOWN, "gone");
            }
            List<Subject> found = subjects.stream()
                    .filter(each -> each.names().stream().anyMatch(names::contains)
                            || names.stream().anyMatch(name -> aliases.getOrDefault(name, List.of())
                                    .contains(each.key())))
                    .toList();
            Set<String> keys = new java.util.HashSet<>();
            found.forEach(each -> keys.add(each.key()));
            return new Story(
                    found,
                    steps.stream().filter(step -> keys.contains(step.key())).toList(),
                    true);
        }
    }

    private final Rows channel = new Rows()
            .knows("P1", "acme", "shop-eu", "acme/shop-eu/7", "delivery-1")
            .step("P1", 1, "received");
    private final Rows order = new Rows()
            .knows("O1", "acme", "shop-eu", "acme/shop-eu/7")
            .knows("O2", "other", "shop-eu", "other/shop-eu/7")
            .alsoCalled("7", "O1", "O2")
            .step("O1", 2, "accepted")
            .step("O2", 2, "accepted");
    private final Rows erp = new Rows().knows("O1", "acme", null, "1000017").step("O1", 3, "posted");

    private Traces traces() {
        Map<String, Insight> modules = new LinkedHashMap<>();
        modules.put("erp", erp);
        modules.put("order", order);
        modules.put("channel", channel);
        return new Traces(new Modules(modules));
    }

    private static List<String> steps(Story story) {
        return story.events().stream()
                .map(event -> event.module() + " " + event.step().what())
                .toList();
    }

    @Test
    void anyNameLeadsToTheWholeStory() {
        for (String name : List.of("P1", "delivery-1", "acme/shop-eu/7", "O1", "1000017")) {
            Story story = traces().of(name, OPERATOR).orElseThrow();
            assertEquals(List.of("channel received", "order accepted", "erp posted"), steps(story), name);
            assertTrue(story.complete());
        }
    }

    @Test
    void aTenantSeesItsOwnAndFollowsNothingElse() {
        assertEquals(
                List.of("channel received", "order accepted", "erp posted"),
                steps(traces().of("7", ACME).orElseThrow()));
        assertEquals(List.of("order accepted"), steps(traces().of("7", OTHER).orElseThrow()));
        assertTrue(traces().of("O1", OTHER).isEmpty());
        assertTrue(traces().of("1000017", OTHER).isEmpty());
        assertFalse(order.asked.get(order.asked.size() - 1).contains("acme/shop-eu/7"), "not followed: " + order.asked);
    }

    @Test
    void whatNobodyKnowsTheChannelOfIsNotForACredentialOfOneChannel() {
        erp.knows("O9", "acme", null).step("O9", 1, "handled");
        assertTrue(traces().of("O9", ACME).isEmpty());
        assertTrue(traces().of("O9", OPERATOR).isPresent());
    }

    @Test
    void anUnknownNameIsNothing() {
        assertTrue(traces().of("nobody", OPERATOR).isEmpty());
    }

    @Test
    void aModuleThatIsDownIsNamedAndTheOthersAnswer() {
        erp.down = true;
        Story story = traces().of("O1", OPERATOR).orElseThrow();
        assertEquals(List.of("channel received", "order accepted"), steps(story));
        assertEquals(Set.of("erp"), story.unanswered());
    }
}
