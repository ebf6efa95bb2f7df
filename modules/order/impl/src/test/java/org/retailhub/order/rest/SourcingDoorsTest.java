package org.retailhub.order.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.order.sourcing.Strategy;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** What operators send about sourcing, and what is wrong with it. */
class SourcingDoorsTest {
    private static final String STEPS = "\"steps\":[{\"strategy\":\"nearest\"}]";
    private static final String SCOPE = "\"scope\":{\"kind\":\"everything\"}";

    @Test
    void readsARuleAndWritesItAsItWas() {
        SourcingRule rule = read(NewSourcingRule.EXAMPLE, NewSourcingRule.class).checked("stores");
        assertEquals(
                List.of(Strategy.DROP_SHIP_LAST, Strategy.FEWEST_SPLITS, Strategy.NEAREST),
                rule.steps().stream().map(SourcingRule.Step::strategy).toList());
        assertEquals(Set.of("outlet-9"), rule.limits().excludedLocations());
        WireRule wire = WireRule.of(rule);
        assertEquals(rule, wire.checked("stores", "", new java.util.ArrayList<>()));
        assertEquals(
                "simulated",
                read(NewSimulation.EXAMPLE, NewSimulation.class).checked().id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{%steps,\"reason\":\"r\"} | scope",
                "{\"scope\":{},%steps,\"reason\":\"r\"} | scope.kind",
                "{\"scope\":{\"kind\":\"planet\"},%steps,\"reason\":\"r\"} | scope.kind",
                "{\"scope\":{\"kind\":\"channel\"},%steps,\"reason\":\"r\"} | scope.value",
                "{\"scope\":{\"kind\":\"everything\",\"value\":\"x\"},%steps,\"reason\":\"r\"} | scope.value",
                "{%scope,\"reason\":\"r\"} | steps",
                "{%scope,\"steps\":[],\"reason\":\"r\"} | steps",
                "{%scope,\"steps\":[null],\"reason\":\"r\"} | steps[0]",
                "{%scope,\"steps\":[{}],\"reason\":\"r\"} | steps[0].strategy",
                "{%scope,\"steps\":[{\"strategy\":\"luck\"}],\"reason\":\"r\"} | steps[0].strategy",
                "{%scope,\"steps\":[{\"strategy\":\"nearest\"},{\"strategy\":\"nearest\"}],\"reason\":\"r\"} | steps[1].strategy",
                "{%scope,\"steps\":[{\"strategy\":\"nearest\",\"weight\":0}],\"reason\":\"r\"} | steps[0].weight",
                "{%scope,\"steps\":[{\"strategy\":\"nearest\",\"weight\":1001}],\"reason\":\"r\"} | steps[0].weight",
                "{%scope,\"steps\":[{\"strategy\":\"store-priority\"}],\"reason\":\"r\"} | steps[0].locations",
                "{%scope,\"steps\":[{\"strategy\":\"nearest\",\"locations\":[\"a\"]}],\"reason\":\"r\"} | steps[0].locations",
                "{%scope,\"steps\":[{\"strategy\":\"store-priority\",\"locations\":[\"a\",\" b\"]}],\"reason\":\"r\"} | steps[0].locations[1]",
                "{%scope,\"steps\":[{\"strategy\":\"store-priority\",\"locations\":[\"a\",\"a\"]}],\"reason\":\"r\"} | steps[0].locations[1]",
                "{%scope,\"steps\":[{\"strategy\":\"cheapest-split\"}],\"reason\":\"r\"} | steps[0].currency",
                "{%scope,\"steps\":[{\"strategy\":\"nearest\",\"currency\":\"EUR\"}],\"reason\":\"r\"} | steps[0].currency",
                "{%scope,%steps,\"limits\":{\"maxSplits\":10},\"reason\":\"r\"} | limits.maxSplits",
                "{%scope,%steps,\"limits\":{\"maxDays\":-1},\"reason\":\"r\"} | limits.maxDays",
                "{%scope,%steps,\"limits\":{\"minimumKeep\":\"-1\"},\"reason\":\"r\"} | limits.minimumKeep",
                "{%scope,%steps,\"limits\":{\"minimumKeep\":\"1.0001\"},\"reason\":\"r\"} | limits.minimumKeep",
                "{%scope,%steps,\"limits\":{\"excludedLocations\":[\"\"]},\"reason\":\"r\"} | limits.excludedLocations[0]",
                "{%scope,%steps} | reason"
            })
    void namesWhatIsWrongWithARule(String body, String field) {
        String json = body.replace("%steps", STEPS).replace("%scope", SCOPE);
        assertEquals(
                OrderError.INVALID_SOURCING_RULE.code() + " [" + field + "]",
                refusal(() -> read(json, NewSourcingRule.class).checked("stores")));
    }

    @Test
    void refusesAnIdThatIsNoneOrTaken() {
        for (String id : List.of("Stores", "", "a b", "built-in")) {
            assertEquals("ORD-1021 [ruleId]", refusal(() -> read(NewSourcingRule.EXAMPLE, NewSourcingRule.class)
                    .checked(id)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"orders\":1,\"rule\":{%scope,%steps}} | channel",
                "{\"channel\":\"shop-eu\",\"rule\":{%scope,%steps}} | orders",
                "{\"channel\":\"shop-eu\",\"orders\":0,\"rule\":{%scope,%steps}} | orders",
                "{\"channel\":\"shop-eu\",\"orders\":5001,\"rule\":{%scope,%steps}} | orders",
                "{\"channel\":\"shop-eu\",\"orders\":1} | rule",
                "{\"channel\":\"shop-eu\",\"orders\":1,\"rule\":{%scope}} | rule.steps",
                "{\"channel\":\"shop-eu\",\"orders\":1,\"ruleId\":\"\",\"rule\":{%scope,%steps}} | ruleId"
            })
    void namesWhatIsWrongWithASimulation(String body, String field) {
        String json = body.replace("%steps", STEPS).replace("%scope", SCOPE);
        assertEquals(
                OrderError.INVALID_SIMULATION.code() + " [" + field + "]",
                refusal(() -> read(json, NewSimulation.class).checked()));
    }

    @Test
    void asksAnOperatorWhoseRulesAreMeant() {
        CallContext operator = new CallContext("op", CallContext.ALL_TENANTS, Set.of(), Set.of(), "");
        assertEquals("acme", SourcingRulesResource.tenant(operator, "acme"));
        assertEquals("ORD-1008 [tenant]", refusal(() -> SourcingRulesResource.tenant(operator, null)));
        assertEquals("ORD-1008 [tenant]", refusal(() -> SourcingRulesResource.tenant(operator, "*")));
    }

    private static <T> T read(String json, Class<T> type) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String refusal(Supplier<?> work) {
        RetailException refused = assertThrows(RetailException.class, work::get);
        return refused.code().code() + " "
                + refused.violations().stream()
                        .map(RetailException.Violation::field)
                        .toList();
    }
}
