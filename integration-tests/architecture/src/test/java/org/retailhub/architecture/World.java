package org.retailhub.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compiled classes and which of them is what: the product, or a small bad world that breaks every rule.
 *
 * @param base package of the modules
 * @param modules names, each the package below the base
 * @param classes all of them, with the platform's in the product
 */
record World(String base, Set<String> modules, JavaClasses classes) {
    static final String PLATFORM = "org.retailhub.platform";
    static final String BAD = "org.retailhub.architecture.bad";

    /** Rings of a module, from the inside out; an adapter's ring is called as its package. */
    static final String API = "api";

    static final String DOMAIN = "domain";
    static final String USE_CASES = "";

    private static World product;

    /** Main code of all modules and of the platform, as compiled. */
    static synchronized World product() {
        if (product == null) {
            product = load(List.of());
        }
        return product;
    }

    /** The product with something added that should not be there. */
    static World productAnd(Path trespassers) {
        return load(List.of(trespassers));
    }

    private static World load(List<Path> further) {
        List<Path> folders = new ArrayList<>(further);
        Set<String> names = new TreeSet<>();
        Stream<Path> parts = Stream.concat(
                Checkout.modules().stream().flatMap(module -> module.parts().stream()), Checkout.platform().stream());
        parts.forEach(part -> {
            Path classes = part.resolve("target/classes");
            if (!Files.isDirectory(classes)) {
                throw new AssertionError("not compiled: " + part + ". Build with -am.");
            }
            folders.add(classes);
        });
        Checkout.modules().forEach(module -> names.add(module.name()));
        return new World("org.retailhub", names, new ClassFileImporter().importPaths(folders));
    }

    /** The fixtures below {@link #BAD}, modules alpha and beta. */
    static World bad() {
        JavaClasses fixtures = new ClassFileImporter().importPackages(BAD);
        return new World(BAD, Set.of("alpha", "beta"), fixtures);
    }

    Optional<String> moduleOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(base + ".")) {
            return Optional.empty();
        }
        String first = name.substring(base.length() + 1).split("\\.")[0];
        return modules.contains(first) ? Optional.of(first) : Optional.empty();
    }

    /** Which ring of its module a class belongs to. */
    String ringOf(JavaClass type) {
        String root = base + "." + moduleOf(type).orElseThrow();
        String name = type.getPackageName();
        return name.equals(root) ? USE_CASES : name.substring(root.length() + 1).split("\\.")[0];
    }

    boolean isIn(String ring, JavaClass type) {
        return moduleOf(type).isPresent() && ringOf(type).equals(ring);
    }

    boolean isModule(JavaClass type) {
        return moduleOf(type).isPresent();
    }

    boolean isApi(JavaClass type) {
        return isIn(API, type);
    }

    /** Adapters are what is left beside api, domain, use cases and vocabularies. */
    boolean isAdapter(JavaClass type) {
        return isModule(type)
                && !Set.of(API, DOMAIN, USE_CASES).contains(ringOf(type))
                && !isVocabulary(type.getPackageName());
    }

    /** A package that knows nothing of its module but the api: words for all rings, such as a document's format. */
    boolean isVocabulary(String packageName) {
        return classes.stream()
                .filter(type -> type.getPackageName().equals(packageName))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .allMatch(type -> isModule(type)
                        && !Set.of(API, DOMAIN, USE_CASES).contains(ringOf(type))
                        && !isDoor(type)
                        && targets(type)
                                .noneMatch(target -> moduleOf(target).equals(moduleOf(type))
                                        && !target.getPackageName().equals(packageName)
                                        && !isApi(target)));
    }

    /** A class that the server itself calls is never mere vocabulary. */
    private static boolean isDoor(JavaClass type) {
        return targets(type)
                .anyMatch(target -> target.getPackageName().startsWith("jakarta.ws.rs")
                        || target.getPackageName().startsWith("jakarta.jms")
                        || target.getPackageName().startsWith(PLATFORM + ".runtime.messaging")
                        || target.getPackageName().startsWith(PLATFORM + ".runtime.sql"));
    }

    static Stream<JavaClass> targets(JavaClass type) {
        return dependencies(type).map(each -> each.getTargetClass().getBaseComponentType());
    }

    /** Dependencies on other top level classes, once each. */
    static Stream<Dependency> dependencies(JavaClass type) {
        Set<String> seen = new TreeSet<>();
        return type.getDirectDependenciesFromSelf().stream()
                .filter(each ->
                        !outermost(each.getTargetClass().getBaseComponentType()).equals(outermost(type)))
                .filter(each ->
                        seen.add(each.getTargetClass().getBaseComponentType().getName()));
    }

    static String outermost(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
