package org.retailhub.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the modules send and receive, read from their sources, their server scripts and their compiled records.
 *
 * @param addresses values of the constants in each {@code *Queues}
 * @param operations {@code <module> send|receive <address>}: what its {@code Imports} gives to a sender; what its script has a dead end for
 * @param types each {@code JMSType}, with the class that declares it
 * @param properties that the sender sets
 */
record MessagesInCode(
        Set<String> addresses,
        Set<String> operations,
        Map<String, Class<?>> types,
        Set<String> properties,
        ClassLoader classes) {
    private static final Pattern TYPE = Pattern.compile("static final String \\w+ = \"(\\w+\\.v[0-9]+)\"");
    private static final Pattern ADDRESS = Pattern.compile("static final String (\\w+) = \"([^\"]+)\"");
    private static final Pattern USE = Pattern.compile("(\\w+Queues)\\.(\\w+)");
    private static final Pattern DEAD = Pattern.compile("jms-queue=([\\w.]+)\\.dead:add");
    private static final Pattern PROPERTY = Pattern.compile("set\\w+Property\\(\"(\\w+)\"");

    static MessagesInCode found() {
        Map<String, String> constants = new TreeMap<>();
        Map<String, Class<?>> types = new TreeMap<>();
        ClassLoader classes = ofAllModules();
        Stream.concat(
                        Checkout.modules().stream().flatMap(module -> module.parts().stream()),
                        Checkout.platform().stream())
                .flatMap(part -> Checkout.files(part.resolve("src/main/java"), ".java").stream())
                .forEach(file -> {
                    String text = text(file);
                    String name = file.getFileName().toString().replace(".java", "");
                    if (name.endsWith("Queues") && file.toString().contains("/api/src/")) {
                        find(ADDRESS, text).forEach(each -> constants.put(name + '.' + each.group(1), each.group(2)));
                    }
                    find(TYPE, text).forEach(each -> types.put(each.group(1), load(classes, className(file))));
                });
        Set<String> operations = new TreeSet<>();
        for (Checkout.Module module : Checkout.modules()) {
            sends(module, constants).forEach(address -> operations.add(module.name() + " send " + address));
            Path script = Checkout.ROOT.resolve("wildfly-config/src/cli/" + module.name() + ".cli");
            find(DEAD, Files.exists(script) ? text(script) : "")
                    .forEach(each -> operations.add(module.name() + " receive " + each.group(1)));
        }
        Set<String> properties = new TreeSet<>();
        find(
                        PROPERTY,
                        text(
                                Checkout.ROOT.resolve(
                                        "modules/platform/runtime/src/main/java/org/retailhub/platform/runtime/messaging/MessageSender.java")))
                .forEach(each -> properties.add(each.group(1)));
        return new MessagesInCode(new TreeSet<>(constants.values()), operations, types, properties, classes);
    }

    /** What stands in the method of {@code Imports} that makes the sender. */
    private static Set<String> sends(Checkout.Module module, Map<String, String> constants) {
        Set<String> found = new TreeSet<>();
        Checkout.files(module.folder(), "/Imports.java").stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .flatMap(file -> Stream.of(text(file).split("\n    }\n")))
                .filter(method -> method.contains("new MessageSender("))
                .flatMap(method -> find(USE, method.replaceAll("(?s)/\\*.*?\\*/", "")))
                .forEach(use -> found.add(constants.get(use.group(1) + '.' + use.group(2))));
        return found;
    }

    /** {@code SalesDocument.Line}. */
    static String schemaName(Class<?> type) {
        return type.getName().replaceFirst(".*\\.", "").replace('$', '.');
    }

    /** The declaring class itself, or one inside it. */
    Optional<Class<?>> record(Class<?> declaring, String schemaName) {
        return Stream.concat(Stream.of(declaring), Stream.of(declaring.getDeclaredClasses()))
                .filter(each -> schemaName(each).equals(schemaName))
                .<Class<?>>map(each -> each)
                .findFirst();
    }

    Class<?> load(String name) {
        return load(classes, name);
    }

    private static Class<?> load(ClassLoader classes, String name) {
        try {
            return Class.forName(name, false, classes);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClassLoader ofAllModules() {
        URL[] folders = Checkout.modules().stream()
                .flatMap(module -> module.parts().stream())
                .map(part -> {
                    try {
                        return part.resolve("target/classes").toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toArray(URL[]::new);
        return new URLClassLoader(folders, MessagesInCode.class.getClassLoader());
    }

    private static String className(Path source) {
        return source.toString()
                .replaceFirst(".*/src/main/java/", "")
                .replace(".java", "")
                .replace('/', '.');
    }

    private static Stream<Matcher> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return Stream.generate(() -> matcher).takeWhile(Matcher::find);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
