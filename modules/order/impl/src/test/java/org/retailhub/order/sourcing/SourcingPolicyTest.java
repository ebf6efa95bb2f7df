package org.retailhub.order.sourcing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.order.sourcing.Situations.costing;
import static org.retailhub.order.sourcing.Situations.limits;
import static org.retailhub.order.sourcing.Situations.line;
import static org.retailhub.order.sourcing.Situations.order;
import static org.retailhub.order.sourcing.Situations.reasons;
import static org.retailhub.order.sourcing.Situations.step;
import static org.retailhub.order.sourcing.Situations.threeStores;
import static org.retailhub.order.sourcing.Situations.told;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.masterdata.api.Fulfilment;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.order.sourcing.Explanation.Verdict;
import org.retailhub.order.sourcing.SourcingRequest.Excluded;
import org.retailhub.order.sourcing.SourcingRequest.ShipTo;
import org.retailhub.order.sourcing.SourcingRule.Limits;
import org.retailhub.order.sourcing.SourcingRule.Scope;
import org.retailhub.order.sourcing.SourcingRule.Step;

/** From where an order to Kassel is sent. */
class SourcingPolicyTest {
    @Test
    void takesTheNearestThatHasIt() {
        Situations three = threeStores()
                .stock("MUG", "muenchen", "5")
                .stock("MUG", "berlin", "5")
                .stock("MUG", "goettingen", "5")
                .rule(step(Strategy.NEAREST));
        assertEquals(List.of("1 MUG 2 goettingen"), told(three.decide(line("1", "MUG", "2"))));

        three.stock("MUG", "goettingen", "0");
        SourcingDecision next = three.decide(line("1", "MUG", "2"));
        assertEquals(List.of("1 MUG 2 berlin"), told(next));
        assertEquals(Set.of("goettingen MUG no-stock"), reasons(next));
    }

    @Test
    void estimatesByPostalCodeRegionAndCountryWhereCoordinatesAreMissing() {
        ShipTo kassel = new ShipTo("DE", "HE", "34117");
        Situations places = new Situations()
                .placeByPostalCode("fulda", "DE", "HE", "36037")
                .placeByPostalCode("baunatal", "DE", "HE", "34225")
                .placeByPostalCode("erfurt", "DE", "TH", "99084")
                .placeByPostalCode("wien", "AT", null, "3411")
                .rule(step(Strategy.NEAREST));
        for (String id : List.of("wien", "erfurt", "fulda", "baunatal")) {
            places.stock("MUG", id, "1");
        }
        for (String nearest : List.of("baunatal", "fulda", "erfurt", "wien")) {
            assertEquals(
                    List.of("1 MUG 1 " + nearest),
                    told(places.decide(order(kassel, line("1", "MUG", "1"))).get(0)));
            places.stock("MUG", nearest, "0");
        }
    }

    @Test
    void measuresOnTheGreatCircle() {
        BigDecimal zero = BigDecimal.ZERO;
        assertEquals(0, Distance.greatCircle(zero, zero, zero, zero));
        // A quarter of the mean circumference, and half of it.
        assertEquals(10_007_557, Distance.greatCircle(zero, zero, new BigDecimal("90"), zero), 1);
        assertEquals(20_015_115, Distance.greatCircle(zero, new BigDecimal("-90"), zero, new BigDecimal("90")), 1);
        assertEquals(
                878_000,
                Distance.greatCircle(
                        new BigDecimal("52.52"),
                        new BigDecimal("13.40"),
                        new BigDecimal("48.8566"),
                        new BigDecimal("2.3522")),
                1_000);
    }

    @Test
    void sendsOneParcelRatherThanTwoFromNearer() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "1")
                .stock("POT", "berlin", "1")
                .stock("MUG", "muenchen", "1")
                .stock("POT", "muenchen", "1")
                .rule(step(Strategy.FEWEST_SPLITS), step(Strategy.NEAREST));
        SourcingDecision one = three.decide(line("1", "MUG", "1"), line("2", "POT", "1"));
        assertEquals(List.of("1 MUG 1 muenchen", "2 POT 1 muenchen"), told(one));
        assertEquals(Verdict.OUTRANKED, one.explanation().candidates().get(1).verdict());
    }

    @Test
    void splitsWhereThatIsCheaper() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "1")
                .stock("POT", "berlin", "1")
                .stock("MUG", "muenchen", "1")
                .stock("POT", "muenchen", "1")
                .with("goettingen", costing("3.90", "EUR"))
                .with("berlin", costing("4.20", "EUR"))
                .with("muenchen", costing("8.20", "EUR"))
                .rule(new Step(Strategy.CHEAPEST_SPLIT, 0, List.of(), "EUR"));
        assertEquals(
                List.of("1 MUG 1 goettingen", "2 POT 1 berlin"),
                told(three.decide(line("1", "MUG", "1"), line("2", "POT", "1"))));

        three.with("muenchen", costing("8.00", "EUR"));
        assertEquals(
                List.of("1 MUG 1 muenchen", "2 POT 1 muenchen"),
                told(three.decide(line("1", "MUG", "1"), line("2", "POT", "1"))));
    }

    @Test
    void countsAnUnknownCostAsTheHighestKnownOne() {
        Situations three = threeStores()
                .stock("MUG", "berlin", "1")
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "muenchen", "1")
                .with("berlin", costing("1.00", "USD"))
                .with("muenchen", costing("8.00", "EUR"))
                .with("goettingen", costing("7.99", "EUR"))
                .rule(new Step(Strategy.CHEAPEST_SPLIT, 0, List.of(), "EUR"));
        assertEquals(List.of("1 MUG 1 goettingen"), told(three.decide(line("1", "MUG", "1"))));
    }

    @Test
    void weighsNeighboursAgainstEachOtherAndLetsTheOthersDecideAlone() {
        Situations places = threeStores()
                .place("lager", "distribution-centre", "50.11", "8.68")
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "lager", "1");
        // Göttingen: 390 points; the centre in Frankfurt: 1,443 points, but no 1,000 for not being one.
        places.rule(step(Strategy.DC_FIRST, 1), step(Strategy.NEAREST, 2));
        assertEquals(List.of("1 MUG 1 goettingen"), told(places.decide(line("1", "MUG", "1"))));
        places.rules.clear();
        places.rule(step(Strategy.DC_FIRST, 3), step(Strategy.NEAREST, 2));
        assertEquals(List.of("1 MUG 1 lager"), told(places.decide(line("1", "MUG", "1"))));
        places.rules.clear();
        places.rule(step(Strategy.DC_FIRST), step(Strategy.NEAREST, 1_000));
        assertEquals(List.of("1 MUG 1 lager"), told(places.decide(line("1", "MUG", "1"))));
    }

    @Test
    void followsTheListOfStores() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "berlin", "1")
                .stock("MUG", "muenchen", "1")
                .rule(new Step(Strategy.STORE_PRIORITY, 0, List.of("muenchen", "berlin"), null));
        for (String next : List.of("muenchen", "berlin", "goettingen")) {
            assertEquals(List.of("1 MUG 1 " + next), told(three.decide(line("1", "MUG", "1"))));
            three.stock("MUG", next, "0");
        }
    }

    @Test
    void prefersAThirdPartyWhereTheRuleSaysSo() {
        Situations places = threeStores()
                .place("fremd", "third-party", "48.78", "9.18")
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "fremd", "1")
                .rule(step(Strategy.THIRD_PARTY_FIRST), step(Strategy.NEAREST));
        assertEquals(List.of("1 MUG 1 fremd"), told(places.decide(line("1", "MUG", "1"))));
    }

    @Test
    void shipsFromASupplierOnlyWhatNobodyElseHas() {
        Situations places = threeStores()
                .place("hersteller", "drop-ship", "51.31", "9.48")
                .stock("MUG", "hersteller", "100")
                .stock("MUG", "muenchen", "1")
                .stock("MUG", "berlin", "1")
                .rule(step(Strategy.DROP_SHIP_LAST), step(Strategy.FEWEST_SPLITS), step(Strategy.NEAREST));
        assertEquals(List.of("1 MUG 1 berlin", "1 MUG 1 muenchen"), told(places.decide(line("1", "MUG", "2"))));
        assertEquals(
                List.of("1 MUG 3 hersteller"),
                told(places.stock("MUG", "berlin", "0").decide(line("1", "MUG", "3"))));
    }

    @Test
    void sendsSoonerWhereTheRuleSaysSo() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "berlin", "1")
                .with("goettingen", new Fulfilment(Set.of(), null, 2, null, null, Set.of(), null, null, "UTC"))
                .rule(step(Strategy.SOONEST), step(Strategy.NEAREST));
        assertEquals(List.of("1 MUG 1 berlin"), told(three.decide(line("1", "MUG", "1"))));
    }

    @Test
    void leavesOutAStoreThatIsClosed() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "5")
                .stock("MUG", "berlin", "5")
                .rule(step(Strategy.NEAREST));
        three.with("goettingen", closed(LocalDate.of(2026, 11, 20), null));
        SourcingDecision decision = three.decide(line("1", "MUG", "1"));
        assertEquals(List.of("1 MUG 1 berlin"), told(decision));
        assertEquals(Set.of("goettingen closed"), reasons(decision));

        three.with("goettingen", closed(LocalDate.of(2026, 11, 20), LocalDate.of(2026, 12, 7)));
        assertEquals(List.of("1 MUG 1 goettingen"), told(three.decide(line("1", "MUG", "1"))), "opens in 14 days");
        three.with("goettingen", closed(null, LocalDate.of(2026, 12, 8)));
        assertEquals(List.of("1 MUG 1 berlin"), told(three.decide(line("1", "MUG", "1"))), "opens in 15 days");
    }

    @Test
    void countsLeadTimeInDaysOnWhichThePlaceIsOpen() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "berlin", "1")
                .rule(new Limits(2, Set.of(), BigDecimal.ZERO, 7, false, true), step(Strategy.NEAREST));
        // Monday noon: open on Mondays, two open days later is Monday in two weeks.
        three.with(
                "goettingen",
                new Fulfilment(Set.of(), null, 2, null, null, Set.of(DayOfWeek.MONDAY), null, null, "Europe/Berlin"));
        SourcingDecision decision = three.decide(line("1", "MUG", "1"));
        assertEquals(List.of("1 MUG 1 berlin"), told(decision));
        assertEquals(Set.of("goettingen too-slow"), reasons(decision));
    }

    @Test
    void leavesOutWhatRequestRuleAndPoolExclude() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "berlin", "1")
                .stock("MUG", "muenchen", "1")
                .rule(limits(2, Set.of("berlin"), "0"), step(Strategy.NEAREST));
        three.pools.put("shop-eu", Set.of("goettingen", "berlin"));
        SourcingRequest request = new SourcingRequest(
                "order-1",
                "acme",
                "shop-eu",
                Situations.KASSEL,
                List.of(line("1", "MUG", "1")),
                Set.of(new Excluded("MUG", "goettingen")));
        SourcingDecision decision = three.decide(request).get(0);
        assertEquals(List.of("1 MUG 1 -"), told(decision));
        assertEquals(
                Set.of("goettingen MUG excluded-by-request", "berlin excluded-by-rule", "muenchen outside-pool"),
                reasons(decision));
        assertFalse(decision.isComplete());
    }

    @Test
    void leavesOutPlacesThatAreUnknownInactiveOrOfOthers() {
        Situations places = threeStores()
                .with("berlin", new Fulfilment(Set.of("gold"), null, 0, null, null, Set.of(), null, null, "UTC"))
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "berlin", "1")
                .stock("MUG", "muenchen", "1")
                .stock("MUG", "nowhere", "1")
                .rule(new Limits(2, Set.of(), BigDecimal.ZERO, 14, true, true), step(Strategy.NEAREST));
        LocationView muenchen = places.locations.get("muenchen");
        places.locations.put(
                "muenchen", new LocationView("muenchen", "store", "", "HQ", null, "DE", null, null, null, null, false));
        places.sellers.put("shop-eu", new Facts.Seller("silver", "HQ"));
        SourcingDecision decision = places.decide(line("1", "MUG", "4"));
        assertEquals(List.of("1 MUG 1 goettingen", "1 MUG 3 -"), told(decision));
        assertEquals(Set.of("nowhere unknown-location", "muenchen inactive", "berlin other-brand"), reasons(decision));

        places.locations.put("muenchen", muenchen);
        places.sellers.put("shop-eu", new Facts.Seller("gold", "OTHER"));
        assertEquals(
                Set.of(
                        "nowhere unknown-location",
                        "muenchen other-legal-entity",
                        "berlin other-legal-entity",
                        "goettingen other-legal-entity"),
                reasons(places.decide(line("1", "MUG", "4"))));
    }

    @Test
    void stopsWhenTheCapacityOfTheDayIsUsedUp() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "9")
                .stock("MUG", "berlin", "9")
                .with("goettingen", new Fulfilment(Set.of(), null, 0, 5, null, Set.of(), null, null, "UTC"))
                .rule(step(Strategy.NEAREST));
        three.parcels.put("goettingen", 4);
        List<SourcingDecision> decisions =
                three.decide(order("a", line("1", "MUG", "1")), order("b", line("1", "MUG", "1")));
        assertEquals(List.of("1 MUG 1 goettingen"), told(decisions.get(0)));
        assertEquals(List.of("1 MUG 1 berlin"), told(decisions.get(1)));
        assertEquals(Set.of("goettingen capacity-used-up"), reasons(decisions.get(1)));
    }

    @Test
    void keepsTheMinimumAtAStoreAndNowhereElse() {
        Situations places = threeStores()
                .place("lager", "distribution-centre", "48.14", "11.58")
                .stock("MUG", "goettingen", "3")
                .stock("MUG", "lager", "3")
                .rule(limits(0, Set.of(), "2"), step(Strategy.NEAREST));
        assertEquals(List.of("1 MUG 1 goettingen"), told(places.decide(line("1", "MUG", "1"))));
        assertEquals(List.of("1 MUG 3 lager"), told(places.decide(line("1", "MUG", "3"))));
        SourcingDecision kept = places.stock("MUG", "lager", "0").decide(line("1", "MUG", "3"));
        assertEquals(List.of("1 MUG 1 goettingen", "1 MUG 2 -"), told(kept));
        assertEquals(Set.of("goettingen MUG kept-back", "lager MUG no-stock"), reasons(kept));
    }

    @Test
    void breaksATieByTheId() {
        Situations places = new Situations()
                .place("b", "store", "51.00", "9.00")
                .place("a", "store", "51.00", "9.00")
                .place("c", "store", "51.00", "9.00")
                .stock("MUG", "b", "1")
                .stock("MUG", "a", "1")
                .stock("MUG", "c", "1")
                .rule(step(Strategy.NEAREST));
        assertEquals(List.of("1 MUG 1 a"), told(places.decide(line("1", "MUG", "1"))));
        assertEquals(List.of("1 MUG 1 a", "1 MUG 1 b"), told(places.decide(line("1", "MUG", "2"))));
    }

    @Test
    void givesStockOnceWithinABatch() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "3")
                .stock("MUG", "berlin", "1")
                .rule(step(Strategy.NEAREST));
        List<SourcingDecision> decisions = three.decide(
                order("a", line("1", "MUG", "2")),
                order("b", line("1", "MUG", "2")),
                order("c", line("1", "MUG", "1")));
        assertEquals(List.of("1 MUG 2 goettingen"), told(decisions.get(0)));
        assertEquals(List.of("1 MUG 1 goettingen", "1 MUG 1 berlin"), told(decisions.get(1)));
        assertEquals(List.of("1 MUG 1 -"), told(decisions.get(2)));
    }

    @Test
    void sumsTwinLinesAndServesThemInTheirOrder() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "3")
                .stock("MUG", "berlin", "4")
                .rule(limits(0, Set.of(), "0"), step(Strategy.NEAREST));
        assertEquals(
                List.of("1 MUG 2 berlin", "2 MUG 2 berlin"),
                told(three.decide(line("1", "MUG", "2"), line("2", "MUG", "2"))),
                "Göttingen has enough for each, not for both");
        three.stock("MUG", "berlin", "0");
        assertEquals(
                List.of("1 MUG 2 goettingen", "2 MUG 1 goettingen", "2 MUG 1 -"),
                told(three.decide(line("1", "MUG", "2"), line("2", "MUG", "2"))));
    }

    @Test
    void splitsNoUnitWhereWholeOnesAreAsked() {
        Situations three = threeStores()
                .stock("ROPE", "goettingen", "1.5")
                .stock("ROPE", "berlin", "1.5")
                .rule(step(Strategy.NEAREST));
        assertEquals(
                List.of("1 ROPE 1 goettingen", "1 ROPE 1 berlin", "1 ROPE 1 -"),
                told(three.decide(line("1", "ROPE", "3"))));
        assertEquals(
                List.of("1 ROPE 1.5 goettingen", "1 ROPE 1.25 berlin"), told(three.decide(line("1", "ROPE", "2.75"))));
    }

    @Test
    void splitsNoMoreThanTheRuleAllowsAndSaysSo() {
        Situations three = threeStores()
                .stock("MUG", "goettingen", "1")
                .stock("MUG", "berlin", "1")
                .stock("MUG", "muenchen", "1")
                .rule(limits(1, Set.of(), "0"), step(Strategy.NEAREST));
        SourcingDecision two = three.decide(line("1", "MUG", "3"));
        assertEquals(List.of("1 MUG 1 goettingen", "1 MUG 1 berlin", "1 MUG 1 -"), told(two));
        assertTrue(two.explanation().splitLimited());
        assertFalse(three.stock("MUG", "muenchen", "0")
                .decide(line("1", "MUG", "3"))
                .explanation()
                .splitLimited());
    }

    @Test
    void gathersFromMorePlacesThanItTriesAtOnce() {
        Situations places = new Situations().rule(limits(9, Set.of(), "0"), step(Strategy.NEAREST));
        for (int i = 0; i < 10; i++) {
            places.place("p" + i, "store", "51." + i, "9.48").stock("MUG", "p" + i, "1");
        }
        assertEquals(10, places.decide(line("1", "MUG", "10")).locations().size());
        assertTrue(places.decide(line("1", "MUG", "10")).isComplete());
    }

    @Test
    void isShortOfWhatIsNowhere() {
        SourcingDecision decision = threeStores().decide(line("1", "MUG", "2"));
        assertEquals(List.of("1 MUG 2 -"), told(decision));
        assertEquals(List.of(), decision.explanation().candidates());
        assertEquals(SourcingRule.BUILT_IN, decision.ruleId());
        assertEquals(0, decision.ruleVersion());
    }

    @Test
    void takesTheMostSpecificRule() {
        Situations three = threeStores().stock("MUG", "goettingen", "9");
        three.sellers.put("shop-eu", new Facts.Seller("silver", "HQ"));
        Step nearest = step(Strategy.NEAREST);
        assertEquals("built-in", three.decide(line("1", "MUG", "1")).ruleId());
        three.rule("everything", Scope.EVERYTHING, Limits.DEFAULT, nearest);
        three.rule("other", new Scope(Scope.Kind.CHANNEL, "shop-us"), Limits.DEFAULT, nearest);
        assertEquals("everything", three.decide(line("1", "MUG", "1")).ruleId());
        three.rule("entity", new Scope(Scope.Kind.LEGAL_ENTITY, "HQ"), Limits.DEFAULT, nearest);
        assertEquals("entity", three.decide(line("1", "MUG", "1")).ruleId());
        three.rule("brand", new Scope(Scope.Kind.BRAND, "silver"), Limits.DEFAULT, nearest);
        assertEquals("brand", three.decide(line("1", "MUG", "1")).ruleId());
        three.rule("channel", new Scope(Scope.Kind.CHANNEL, "shop-eu"), Limits.DEFAULT, nearest);
        assertEquals("channel", three.decide(line("1", "MUG", "1")).ruleId());
    }

    @Test
    void listsABoundedNumberOfCandidatesTheChosenOnesFirst() {
        Situations places = new Situations().rule(step(Strategy.NEAREST));
        for (int i = 10; i < 60; i++) {
            places.place("p" + i, "store", "51." + i, "9.48").stock("MUG", "p" + i, i % 2 == 0 ? "1" : "0");
        }
        Explanation explanation = places.decide(line("1", "MUG", "1")).explanation();
        assertEquals(Explanation.MOST_CANDIDATES, explanation.candidates().size());
        assertEquals(25, explanation.unlisted());
        assertEquals(Verdict.CHOSEN, explanation.candidates().get(0).verdict());
        assertEquals("p30", explanation.candidates().get(0).location());
    }

    private static Fulfilment closed(
            @org.jspecify.annotations.Nullable LocalDate from, @org.jspecify.annotations.Nullable LocalDate until) {
        return new Fulfilment(Set.of(), null, 0, null, null, Set.of(), from, until, "Europe/Berlin");
    }
}
