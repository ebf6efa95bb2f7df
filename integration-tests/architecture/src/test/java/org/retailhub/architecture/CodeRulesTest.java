package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules hold in the product, and each is broken by exactly the fixtures made to break it. */
class CodeRulesTest {

    @TestFactory
    Stream<DynamicTest> ruleHolds() {
        World product = World.product();
        Debts debts = Debts.read();
        return CodeRules.all().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    Rule.Outcome outcome = rule.in(product);
                    assertTrue(outcome.seen() > 0, rule.name() + " sees no class: it proves nothing");
                    assertEquals(
                            List.of(),
                            outcome.faults().stream()
                                    .filter(fault -> !debts.owes(rule.name(), fault.type()))
                                    .map(fault -> fault + " (" + rule.why() + ")")
                                    .toList());
                }));
    }

    /** A fault that is known and accepted for now stands in a file with its reason; one that is gone must leave it. */
    @Test
    void debtsAreStillOwed() {
        World product = World.product();
        Set<String> owed = new TreeSet<>();
        CodeRules.all()
                .forEach(
                        rule -> rule.in(product).faults().forEach(fault -> owed.add(rule.name() + " " + fault.type())));
        SourceRulesTest.faults().forEach(fault -> owed.add(fault.rule() + " " + fault.type()));
        List<String> paid = Debts.read().entries().stream()
                .filter(entry -> !owed.contains(entry) && !entry.startsWith(DocumentsTest.PROMISED))
                .toList();
        assertEquals(List.of(), paid, "paid: take it out of debts.txt");
    }

    @TestFactory
    Stream<DynamicTest> ruleHasBeenSeenRed() {
        World bad = World.bad();
        return CodeRules.all().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    Set<String> expected = new TreeSet<>();
                    for (JavaClass type : bad.classes()) {
                        if (breaks(type).contains(rule.name())) {
                            expected.add(type.getName());
                        }
                    }
                    assertTrue(!expected.isEmpty(), "no fixture breaks " + rule.name());
                    Set<String> red = new TreeSet<>();
                    rule.in(bad).faults().forEach(fault -> red.add(fault.type()));
                    assertEquals(expected, red, "these and no others");
                }));
    }

    @Test
    void fixturesNameRulesThatExist() {
        Set<String> names = new TreeSet<>();
        CodeRules.all().forEach(rule -> assertTrue(names.add(rule.name()), "twice: " + rule.name()));
        World.bad().classes().forEach(type -> breaks(type).forEach(name -> assertTrue(names.contains(name), name)));
    }

    private static List<String> breaks(JavaClass type) {
        return type.tryGetAnnotationOfType(Breaks.class.getName())
                .map(each -> Arrays.asList((String[]) each.get("value").orElseThrow()))
                .orElse(List.of());
    }
}
