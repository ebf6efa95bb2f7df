package org.retailhub.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The fence in the server, for each ordered pair of modules on disk: the built EAR is deployed to WildFly with a probe in each WAR, and
 * each WAR is asked for a class of each other one. The same EAR with the WARs as
 * dependencies of each other shows that the probe can see.
 */
class ClassLoaderFenceIT {
    private static final String ISOLATED = "isolated";
    private static final String OPEN = "open";
    private static final String RUNTIME_CLASS = World.PLATFORM + ".runtime.sql.Database";
    private static ProbeServer server;

    @BeforeAll
    static void start() throws Exception {
        Path target = Path.of("target").toAbsolutePath();
        Path product = Checkout.ROOT.resolve("retail-ear/target/retail-hub.ear");
        List<Path> ears =
                List.of(ProbeEar.write(product, target, ISOLATED, false), ProbeEar.write(product, target, OPEN, true));
        server = ProbeServer.start(target.resolve("class-probe"));
        server.deploy(ears);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Stream<Checkout.Pair> pairs() {
        return Checkout.pairs().stream()
                .filter(pair -> pair.from().hasImpl() && pair.to().hasImpl());
    }

    @TestFactory
    Stream<DynamicTest> loadsNoClassOfAnotherModule() {
        return pairs().map(pair -> DynamicTest.dynamicTest(
                pair.toString(),
                () -> assertEquals(
                        404, ask(ISOLATED, pair.from(), classInside(pair.to())).code())));
    }

    @TestFactory
    Stream<DynamicTest> wouldLoadItAsADependency() {
        return pairs().map(pair -> DynamicTest.dynamicTest(
                pair.toString(),
                () -> assertEquals(
                        200, ask(OPEN, pair.from(), classInside(pair.to())).code())));
    }

    /** The same class in both WARs, or a record of one could not be given to the other. */
    @TestFactory
    Stream<DynamicTest> sharesTheApi() {
        return pairs().map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
            String word = classOf(pair.to(), true);
            ProbeServer.Answer seen = ask(ISOLATED, pair.from(), word);
            assertEquals(200, seen.code(), word);
            assertEquals(ask(ISOLATED, pair.to(), word), seen, word);
        }));
    }

    @TestFactory
    Stream<DynamicTest> loadsItsOwnClasses() {
        return Checkout.modules().stream()
                .filter(Checkout.Module::hasImpl)
                .map(module -> DynamicTest.dynamicTest(
                        module.name(),
                        () -> assertEquals(
                                200, ask(ISOLATED, module, classInside(module)).code())));
    }

    /** The runtime is bound to the module's own datasource: each WAR has a copy of its own. */
    @TestFactory
    Stream<DynamicTest> sharesNoRuntime() {
        return pairs().map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> {
            ProbeServer.Answer one = ask(ISOLATED, pair.from(), RUNTIME_CLASS);
            assertEquals(200, one.code());
            assertNotEquals(ask(ISOLATED, pair.to(), RUNTIME_CLASS), one);
        }));
    }

    private static ProbeServer.Answer ask(String application, Checkout.Module module, String className)
            throws java.io.IOException {
        return server.ask("/" + application + "/api/" + module.name(), className);
    }

    private static String classInside(Checkout.Module module) {
        return classOf(module, false);
    }

    private static String classOf(Checkout.Module module, boolean exported) {
        World product = World.product();
        Optional<String> found = product.classes().stream()
                .filter(type -> product.moduleOf(type).equals(Optional.of(module.name())))
                .filter(type ->
                        product.isApi(type) == exported && !type.getName().contains("$"))
                // Its own superclass would have to load as well, and the probe's EAR has not all subsystems.
                .filter(type -> type.getRawInterfaces().isEmpty()
                        && !type.isInterface()
                        && type.getRawSuperclass()
                                .map(JavaClass::getName)
                                .filter(name -> name.startsWith("java.lang."))
                                .isPresent())
                .map(JavaClass::getName)
                .min(Comparator.naturalOrder());
        assertTrue(found.isPresent(), module.name() + " has no class to ask for");
        return found.get();
    }
}
