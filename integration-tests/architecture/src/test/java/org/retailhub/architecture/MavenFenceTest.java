package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The first fence: what is no dependency cannot be compiled against. */
class MavenFenceTest {
    private static final CompileGraph GRAPH = CompileGraph.ofTheDesign();
    private static final MavenFence FENCE = new MavenFence(GRAPH);

    @TestFactory
    Stream<DynamicTest> everyPomKeepsToTheGraph() {
        List<Path> poms = Checkout.files(Checkout.ROOT, "/pom.xml");
        assertTrue(poms.size() > 8, "poms are found: " + poms.size());
        return poms.stream()
                .map(file -> DynamicTest.dynamicTest(
                        Checkout.ROOT.relativize(file).toString(),
                        () -> assertEquals(List.of(), FENCE.faults(Pom.read(file)))));
    }

    @TestFactory
    Stream<DynamicTest> refusesAnInsideAsDependencyForEachPair() {
        return Checkout.pairs().stream()
                .filter(pair -> pair.from().hasImpl())
                .map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
                    Pom honest = Pom.read(pair.from().impl().resolve("pom.xml"));
                    for (String type : List.of("jar", "war")) {
                        for (String scope : List.of("compile", "provided", "test")) {
                            String inside = pair.to().name() + "-impl";
                            Pom trespasser = honest.with(new Pom.Dependency("org.retailhub", inside, type, scope));
                            assertFalse(FENCE.faults(trespasser).isEmpty(), inside + " as " + type + " " + scope);
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesAnApiThatTheGraphDoesNotAllowForEachPair() {
        return Checkout.pairs().stream()
                .filter(pair -> pair.from().hasImpl())
                .map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
                    Pom honest = Pom.read(pair.from().impl().resolve("pom.xml"));
                    Pom asking = honest.with(
                            new Pom.Dependency("org.retailhub", pair.to().name() + "-api", "jar", "provided"));
                    assertEquals(
                            GRAPH.allows(pair.from().name(), pair.to().name()),
                            FENCE.faults(asking).isEmpty());
                }));
    }

    /** Each file of {@code bad-poms} breaks one sentence; its first comment is what the fence has to say. */
    @TestFactory
    Stream<DynamicTest> refusesEachBadPom() {
        List<Path> bad = Checkout.files(
                Checkout.ROOT.resolve("integration-tests/architecture/src/test/resources/bad-poms"), ".xml");
        assertTrue(bad.size() >= 6, "bad fixtures are found");
        return bad.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String xml = Files.readString(file);
                    String expected = xml.substring(xml.indexOf("<!--") + 4, xml.indexOf("-->"))
                            .strip();
                    List<String> faults = FENCE.faults(Pom.parse(xml));
                    assertEquals(1, faults.size(), faults.toString());
                    assertTrue(faults.get(0).contains(expected), faults.toString());
                }));
    }

    @Test
    void graphHasEveryModuleOnDiskAndNoCycle() {
        Checkout.modules()
                .forEach(module -> assertTrue(
                        GRAPH.knows(module.name()),
                        "give the module '" + module.name() + "' a line in compile-graph.properties"));
        assertEquals(List.of(), GRAPH.cycle());
    }

    @Test
    void findsACycle() {
        CompileGraph round = new CompileGraph(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a")));
        assertEquals(4, round.cycle().size(), round.cycle().toString());
    }

    @Test
    void everyModuleOnDiskIsBuiltAndDeployed() {
        List<String> built = Pom.read(Checkout.ROOT.resolve("pom.xml")).modules();
        List<String> deployed = Pom.read(Checkout.ROOT.resolve("retail-ear/pom.xml")).dependencies().stream()
                .map(Pom.Dependency::artifactId)
                .toList();
        for (Checkout.Module module : Checkout.modules()) {
            for (Path part : module.parts()) {
                String folder = Checkout.ROOT.relativize(part).toString();
                String artifact = module.name() + "-" + part.getFileName();
                assertEquals(artifact, Pom.read(part.resolve("pom.xml")).artifactId(), folder);
                assertTrue(built.contains(folder), "root pom.xml: add <module>" + folder + "</module>");
                assertTrue(deployed.contains(artifact), "retail-ear/pom.xml: add " + artifact);
            }
        }
    }
}
