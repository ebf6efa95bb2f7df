package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What only the source can tell: swallowed failures, missing contracts, packages that do not say what they are. */
class SourceRulesTest {
    private static final List<Path> SOURCES = sources();
    private static final List<Path> BAD = Checkout.files(
            Checkout.ROOT.resolve("integration-tests/architecture/src/test/java/org/retailhub/architecture/bad"),
            ".java");

    /** Of the whole product, the tools and doubles beside the modules too. */
    private static final List<Path> MAIN = Checkout.files(Checkout.ROOT, ".java").stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .toList();

    private static List<Path> sources() {
        List<Path> parts = new ArrayList<>(Checkout.platform());
        Checkout.modules().forEach(module -> parts.addAll(module.parts()));
        return parts.stream()
                .flatMap(part -> Checkout.files(part.resolve("src/main/java"), ".java").stream())
                .toList();
    }

    /** A failure that is caught widely is thrown again, translated or not: nothing is logged and lost. */
    @Test
    void failuresAreNotSwallowed() {
        assertEquals(List.of(), open(SourceRules.SWALLOWS));
    }

    /** What is exported is a contract: units, idempotency, transaction, errors. */
    @Test
    void exportedTypesSayWhatTheyPromise() {
        assertEquals(List.of(), open(SourceRules.UNDOCUMENTED));
    }

    @Test
    void everyPackageSaysWhatItIs() {
        assertEquals(List.of(), packagesWithoutWords(SOURCES));
    }

    /** Or the compiler would not ask. A package without a word is another rule's fault. */
    @Test
    void packagesSayWhatMayBeNull() {
        assertEquals(List.of(), packagesWithoutWords(MAIN));
        assertEquals(List.of(), open(SourceRules.NOT_NULL_MARKED, MAIN));
    }

    @Test
    void eachRuleHasBeenSeenRed() {
        List<SourceRules.Finding> red = SourceRules.in(BAD);
        assertEquals(Set.of("org.retailhub.architecture.bad.alpha.Swallows"), types(red, SourceRules.SWALLOWS));
        assertTrue(types(red, SourceRules.UNDOCUMENTED).contains("org.retailhub.architecture.bad.alpha.api.Deeds"));
        assertEquals(Set.of("org.retailhub.architecture.bad.package-info"), types(red, SourceRules.NOT_NULL_MARKED));
        assertTrue(packagesWithoutWords(BAD).stream().anyMatch(each -> each.endsWith("bad/alpha")));
    }

    /** All, those that are accepted for now too. */
    static List<SourceRules.Finding> faults() {
        return SourceRules.in(MAIN);
    }

    private static List<String> open(String rule) {
        return open(rule, SOURCES);
    }

    private static List<String> open(String rule, List<Path> sources) {
        assertTrue(sources.size() > 100, "sources are found: " + sources.size());
        Debts debts = Debts.read();
        return SourceRules.in(sources).stream()
                .filter(each -> each.rule().equals(rule) && !debts.owes(rule, each.type()))
                .map(SourceRules.Finding::toString)
                .toList();
    }

    private static Set<String> types(List<SourceRules.Finding> findings, String rule) {
        return findings.stream()
                .filter(each -> each.rule().equals(rule))
                .map(SourceRules.Finding::type)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> packagesWithoutWords(List<Path> files) {
        return files.stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .map(folder -> Checkout.ROOT.relativize(folder).toString())
                .toList();
    }
}
