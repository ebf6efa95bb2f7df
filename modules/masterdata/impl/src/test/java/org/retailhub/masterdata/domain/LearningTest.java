package org.retailhub.masterdata.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retailhub.masterdata.domain.Learning.Decision;
import org.retailhub.masterdata.domain.Learning.TakenGtin;
import org.retailhub.masterdata.domain.Learning.Verdict;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.Sku;

class LearningTest {
    private static final Gtin MUG_GTIN = new Gtin("4006381333931");

    @Test
    void createsWhatIsNew() {
        assertEquals(List.of(Verdict.CREATED), verdicts(nothingKnown(), mug()));
    }

    @Test
    void leavesTheSameAlone() {
        assertEquals(List.of(Verdict.UNCHANGED), verdicts(mugKnown(), mug()));
    }

    @Test
    void updatesWhenAnyFieldDiffers() {
        List<ProductContent> others = List.of(
                new ProductContent(sku("MUG"), List.of(MUG_GTIN), "1002", "Mug", true),
                new ProductContent(sku("MUG"), List.of(MUG_GTIN), "1001", "Big mug", true),
                new ProductContent(sku("MUG"), List.of(MUG_GTIN), "1001", "Mug", false),
                new ProductContent(sku("MUG"), List.of(), "1001", "Mug", true));

        for (ProductContent other : others) {
            assertEquals(List.of(Verdict.UPDATED), verdicts(mugKnown(), other), other::toString);
        }
    }

    @Test
    void seesNoChangeInAnotherOrderOfGtins() {
        Gtin other = new Gtin("96385074");
        ProductContent one = new ProductContent(sku("MUG"), List.of(MUG_GTIN, other), "1001", "Mug", true);
        ProductContent two = new ProductContent(sku("MUG"), List.of(other, MUG_GTIN), "1001", "Mug", true);

        assertEquals(List.of(Verdict.UNCHANGED), verdicts(new Learning(Map.of(sku("MUG"), one), Map.of()), two));
    }

    @Test
    void refusesAGtinOfAnotherProductAndNamesIt() {
        ProductContent cup = new ProductContent(sku("CUP"), List.of(MUG_GTIN), "1003", "Cup", true);

        Decision decision = mugKnown().decide(List.of(cup)).get(sku("CUP"));

        assertEquals(new Decision(Verdict.GTIN_TAKEN, Optional.of(new TakenGtin(MUG_GTIN, sku("MUG")))), decision);
    }

    @Test
    void knowsAGtinByItsFourteenDigits() {
        ProductContent cup = new ProductContent(sku("CUP"), List.of(new Gtin("04006381333931")), "1003", "Cup", true);

        assertEquals(List.of(Verdict.GTIN_TAKEN), verdicts(mugKnown(), cup));
    }

    @Test
    void givesAGtinToTheFirstOfTwoInOneBatch() {
        ProductContent cup = new ProductContent(sku("CUP"), List.of(MUG_GTIN), "1003", "Cup", true);

        assertEquals(List.of(Verdict.CREATED, Verdict.GTIN_TAKEN), verdicts(nothingKnown(), mug(), cup));
    }

    @Test
    void aRefusedProductClaimsNoneOfItsOtherGtins() {
        Gtin free = new Gtin("96385074");
        ProductContent cup = new ProductContent(sku("CUP"), List.of(MUG_GTIN, free), "1003", "Cup", true);
        ProductContent jar = new ProductContent(sku("JAR"), List.of(free), "1004", "Jar", true);

        assertEquals(List.of(Verdict.GTIN_TAKEN, Verdict.CREATED), verdicts(mugKnown(), cup, jar));
    }

    @Test
    void takesEachSkuOnceABatch() {
        assertThrows(IllegalArgumentException.class, () -> nothingKnown().decide(List.of(mug(), mug())));
    }

    private static ProductContent mug() {
        return new ProductContent(sku("MUG"), List.of(MUG_GTIN), "1001", "Mug", true);
    }

    private static Learning nothingKnown() {
        return new Learning(Map.of(), Map.of());
    }

    private static Learning mugKnown() {
        return new Learning(Map.of(sku("MUG"), mug()), Map.of(MUG_GTIN.normalized(), sku("MUG")));
    }

    private static List<Verdict> verdicts(Learning learning, ProductContent... contents) {
        List<Verdict> verdicts = new ArrayList<>();
        learning.decide(Arrays.asList(contents)).values().forEach(decision -> verdicts.add(decision.verdict()));
        return verdicts;
    }

    private static Sku sku(String value) {
        return new Sku(value);
    }
}
