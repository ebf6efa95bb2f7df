package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The second fence, in compiled code, for each ordered pair of modules on disk. It is seen red for each pair as well: for every one a
 * trespasser is compiled, with the real classes, and has to be found.
 */
class ModulePairsTest {
    private static final CompileGraph GRAPH = CompileGraph.ofTheDesign();

    @TempDir
    static Path folder;

    private static World withTrespassers;

    /** Which of the other module's classes are used and may not be, as {@code user -> used}. */
    private static List<String> trespasses(World world, Checkout.Pair pair) {
        return world.classes().stream()
                .filter(type ->
                        world.moduleOf(type).equals(Optional.of(pair.from().name())))
                .flatMap(type -> World.targets(type)
                        .filter(target -> world.moduleOf(target)
                                .equals(Optional.of(pair.to().name())))
                        .filter(target -> !world.isApi(target)
                                || !GRAPH.allows(pair.from().name(), pair.to().name()))
                        .map(target -> type.getName() + " -> " + target.getName()))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> keepsOut() {
        World product = World.product();
        return Checkout.pairs().stream()
                .map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
                    assertTrue(classesOf(product, pair.from()) > 0, "no class of " + pair.from() + " is seen");
                    assertTrue(classesOf(product, pair.to()) > 0, "no class of " + pair.to() + " is seen");
                    assertEquals(List.of(), trespasses(product, pair));
                }));
    }

    @TestFactory
    Stream<DynamicTest> findsATrespasser() {
        return Checkout.pairs().stream()
                .map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
                    List<String> found = trespasses(withTrespassers, pair);
                    assertFalse(found.isEmpty(), "the fence is blind for " + pair);
                    assertTrue(
                            found.stream().allMatch(each -> each.startsWith(trespasser(pair) + " -> ")),
                            found.toString());
                }));
    }

    @BeforeAll
    static void compileTrespassers() throws IOException {
        World product = World.product();
        List<Path> sources = new ArrayList<>();
        for (Checkout.Pair pair : Checkout.pairs()) {
            String victim = insideOf(product, pair.to());
            String name = trespasser(pair);
            Path source = folder.resolve(name.replace('.', '/') + ".java");
            Files.createDirectories(source.getParent());
            Files.writeString(
                    source,
                    "package " + name.substring(0, name.lastIndexOf('.')) + ";\n" + "final class "
                            + name.substring(name.lastIndexOf('.') + 1) + " { " + victim + " taken; }\n");
            sources.add(source);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringBuilder complaints = new StringBuilder();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            null,
                            manager,
                            diagnostic -> complaints.append(diagnostic).append('\n'),
                            List.of("-d", folder.toString(), "-proc:none", "-classpath", classPath()),
                            null,
                            manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertTrue(compiled, complaints.toString());
        }
        withTrespassers = World.productAnd(folder);
    }

    private static String trespasser(Checkout.Pair pair) {
        return "org.retailhub." + pair.from().name() + ".TrespasserOn"
                + pair.to().name();
    }

    /** A public class of a module that is not in its api. */
    private static String insideOf(World world, Checkout.Module module) {
        return world.classes().stream()
                .filter(type -> world.moduleOf(type).equals(Optional.of(module.name())) && !world.isApi(type))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getName().contains("$")
                        && !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getName)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new AssertionError(module.name() + " has no public class inside"));
    }

    private static long classesOf(World world, Checkout.Module module) {
        return world.classes().stream()
                .filter(type -> world.moduleOf(type).equals(Optional.of(module.name())))
                .count();
    }

    private static String classPath() {
        String modules = Checkout.modules().stream()
                .flatMap(module -> module.parts().stream())
                .map(part -> part.resolve("target/classes").toString())
                .collect(Collectors.joining(File.pathSeparator));
        return modules + File.pathSeparator + System.getProperty("java.class.path");
    }
}
