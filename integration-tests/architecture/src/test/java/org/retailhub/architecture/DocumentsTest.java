package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document that points to nothing is worse than none: links lead somewhere, tests that are named exist, decisions are unique. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern NAMED_TEST =
            Pattern.compile("`([A-Z]\\w+(?:Test|IT))`(?: \\(((?:`\\w+`(?:,\\s)?)+)\\))?");
    private static final Pattern DECISION = Pattern.compile("(\\d{4})-[a-z]+(-[a-z]+)+\\.md");
    private static final List<String> HEADINGS =
            List.of("## Question", "## Decision", "## Consequences", "## Shown by");
    private static final Pattern ALARM = Pattern.compile("\"([A-Z]{3}-\\d{4})\"");
    private static final int ONE_PAGE = 60;
    /** Debts of this name are tests that a document names before they are there. */
    static final String PROMISED = "testsThatAreNamedExist";

    @TempDir
    Path scratch;

    @Test
    void linksLeadSomewhere() throws IOException {
        List<Path> documents = Checkout.files(Checkout.ROOT, ".md");
        assertTrue(documents.size() > 10, "documents are found");
        List<String> broken = new ArrayList<>();
        for (Path document : documents) {
            broken.addAll(brokenLinks(document));
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void testsThatAreNamedExist() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (Path source : Checkout.files(Checkout.ROOT, ".java")) {
            if (source.toString().contains("/src/test/")) {
                String name = source.getFileName().toString();
                tests.merge(name.substring(0, name.length() - 5), Files.readString(source), String::concat);
            }
        }
        List<String> missing = new ArrayList<>();
        for (Path document : Checkout.files(Checkout.ROOT, ".md")) {
            missing.addAll(missingTests(document, Files.readString(document), tests));
        }
        Debts debts = Debts.read();
        missing.removeIf(each -> debts.owes(PROMISED, each.substring(each.indexOf(' ') + 1)));
        assertEquals(List.of(), missing);
    }

    @Test
    void decisionsAreUniqueWholeAndListed() throws IOException {
        Path folder = Checkout.ROOT.resolve("docs/adr");
        assertEquals(List.of(), faultsOfDecisions(folder));
    }

    @Test
    void eachAlarmHasARunbook() throws IOException {
        Set<String> codes = new HashSet<>();
        for (Path source : Checkout.files(Checkout.ROOT.resolve("modules"), "/Alarm.java")) {
            codes.addAll(alarmsIn(Files.readString(source)));
        }
        assertTrue(codes.size() > 5, "alarms are found");
        assertEquals(List.of(), faultsOfRunbooks(Checkout.ROOT.resolve("docs/runbooks/alarms"), codes));
    }

    @Test
    void eachCheckHasBeenSeenRed() throws IOException {
        Path document = Files.writeString(scratch.resolve("bad.md"), "See [there](nowhere.md) and [here](bad.md).");
        assertEquals(1, brokenLinks(document).size());

        Map<String, String> tests = Map.of("RealTest", "void holds() {}");
        assertEquals(
                List.of("bad.md: GoneTest", "bad.md: RealTest.gone"),
                missingTests(document, "`RealTest` (`holds`, `gone`), `GoneTest`", tests));

        assertEquals(Set.of("OPS-2001"), alarmsIn("ROW_MISSING(\"OPS-2001\", \"Rows\")"));
        Path runbooks = Files.createDirectory(scratch.resolve("alarms"));
        Files.writeString(runbooks.resolve("OPS-2002.md"), "# OPS-2002 It\n## Means\n## Look\n");
        assertEquals(
                Set.of("OPS-2001 has no runbook", "OPS-2002.md lacks ## Do", "OPS-2002.md belongs to no alarm"),
                new HashSet<>(faultsOfRunbooks(runbooks, Set.of("OPS-2001"))));

        Path decisions = Files.createDirectory(scratch.resolve("adr"));
        Files.writeString(decisions.resolve("README.md"), "[one](0001-do-this.md)");
        Files.writeString(decisions.resolve("0001-do-this.md"), "# 0001 Do this\n" + String.join("\n", HEADINGS));
        assertEquals(List.of(), faultsOfDecisions(decisions));
        Files.writeString(decisions.resolve("0001-do-that.md"), "# 0002 Do that\n" + String.join("\n", HEADINGS));
        Files.writeString(decisions.resolve("Idea.md"), "");
        Set<String> faults = new HashSet<>(faultsOfDecisions(decisions));
        assertEquals(
                Set.of(
                        "0001 is used twice",
                        "0001-do-that.md: its title has another number",
                        "0001-do-that.md is not listed in README.md",
                        "Idea.md is not called NNNN-verb-object.md"),
                faults);
    }

    private static Set<String> alarmsIn(String source) {
        return ALARM.matcher(source).results().map(each -> each.group(1)).collect(Collectors.toSet());
    }

    private static List<String> faultsOfRunbooks(Path folder, Set<String> codes) throws IOException {
        List<String> faults = new ArrayList<>();
        Set<String> without = new HashSet<>(codes);
        for (Path file : Checkout.files(folder, ".md")) {
            String name = file.getFileName().toString();
            String code = name.substring(0, name.length() - 3);
            String text = Files.readString(file);
            if (!without.remove(code)) {
                faults.add(name + " belongs to no alarm");
            }
            if (!text.startsWith("# " + code + " ")) {
                faults.add(name + ": its title is not its code's");
            }
            for (String part : List.of("## Means", "## Look", "## Do")) {
                if (!text.contains(part)) {
                    faults.add(name + " lacks " + part);
                }
            }
        }
        without.forEach(code -> faults.add(code + " has no runbook"));
        return faults;
    }

    private static List<String> brokenLinks(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        Matcher links = LINK.matcher(Files.readString(document));
        while (links.find()) {
            String target = links.group(1);
            if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
                broken.add(document.getFileName() + ": " + target);
            }
        }
        return broken;
    }

    private static List<String> missingTests(Path document, String text, Map<String, String> tests) {
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED_TEST.matcher(text);
        while (named.find()) {
            String source = tests.get(named.group(1));
            if (source == null) {
                missing.add(document.getFileName() + ": " + named.group(1));
            } else if (named.group(2) != null) {
                for (String method : named.group(2).replace("`", "").split(",\\s")) {
                    // A rule of CodeRules is a test by its name.
                    boolean there = source.matches("(?s).*\\b" + method + "\\(.*")
                            || CodeRules.all().stream()
                                    .anyMatch(rule -> rule.name().equals(method));
                    if (!there) {
                        missing.add(document.getFileName() + ": " + named.group(1) + "." + method);
                    }
                }
            }
        }
        return missing.stream().sorted().distinct().toList();
    }

    private static List<String> faultsOfDecisions(Path folder) throws IOException {
        List<String> faults = new ArrayList<>();
        String list = Files.readString(folder.resolve("README.md"));
        Set<String> numbers = new HashSet<>();
        for (Path file : Checkout.files(folder, ".md")) {
            String name = file.getFileName().toString();
            if (name.equals("README.md") || name.equals("template.md")) {
                continue;
            }
            Matcher decision = DECISION.matcher(name);
            if (!decision.matches()) {
                faults.add(name + " is not called NNNN-verb-object.md");
                continue;
            }
            String number = decision.group(1);
            String text = Files.readString(file);
            if (!numbers.add(number)) {
                faults.add(number + " is used twice");
            }
            if (!text.startsWith("# " + number + " ")) {
                faults.add(name + ": its title has another number");
            }
            if (!list.contains("(" + name + ")")) {
                faults.add(name + " is not listed in README.md");
            }
            faults.addAll(HEADINGS.stream()
                    .filter(heading -> !text.contains(heading))
                    .map(heading -> name + " lacks " + heading)
                    .collect(Collectors.toList()));
            if (text.lines().count() > ONE_PAGE) {
                faults.add(name + " is longer than a page");
            }
        }
        return faults;
    }
}
