package org.retailhub.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a pom itself says, without its parent.
 *
 * @param modules of an aggregator
 * @param dependencies its own and those of its profiles, managed ones left out
 */
record Pom(String artifactId, String parent, List<String> modules, List<Dependency> dependencies) {

    /** {@code type} and {@code scope} with Maven's defaults. */
    record Dependency(String groupId, String artifactId, String type, String scope) {
        boolean ours() {
            return groupId.equals("org.retailhub") || groupId.equals("${project.groupId}");
        }

        boolean forTests() {
            return scope.equals("test");
        }

        @Override
        public String toString() {
            return groupId + ":" + artifactId + ":" + type + ":" + scope;
        }
    }

    static Pom read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Pom parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new java.io.StringReader(xml)));
            Element project = document.getDocumentElement();
            List<Dependency> dependencies = new ArrayList<>(dependenciesOf(project));
            children(project, "profiles").forEach(profiles -> children(profiles, "profile")
                    .forEach(profile -> dependencies.addAll(dependenciesOf(profile))));
            List<String> modules = children(project, "modules").stream()
                    .flatMap(list -> children(list, "module").stream())
                    .map(each -> each.getTextContent().strip())
                    .toList();
            String parent = children(project, "parent").stream()
                    .findFirst()
                    .flatMap(each -> text(each, "artifactId"))
                    .orElse("");
            return new Pom(text(project, "artifactId").orElse(""), parent, modules, dependencies);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("not a pom", e);
        }
    }

    Pom with(Dependency further) {
        List<Dependency> all = new ArrayList<>(dependencies);
        all.add(further);
        return new Pom(artifactId, parent, modules, all);
    }

    private static List<Dependency> dependenciesOf(Element element) {
        return children(element, "dependencies").stream()
                .flatMap(list -> children(list, "dependency").stream())
                .map(each -> new Dependency(
                        text(each, "groupId").orElse(""),
                        text(each, "artifactId").orElse(""),
                        text(each, "type").orElse("jar"),
                        text(each, "scope").orElse("compile")))
                .toList();
    }

    private static Optional<String> text(Element parent, String name) {
        return children(parent, name).stream().findFirst().map(each -> each.getTextContent()
                .strip());
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
