package org.retailhub.architecture;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Rules that only the source can answer, on the compiler's own syntax tree. */
final class SourceRules {
    private static final Set<String> TOO_WIDE =
            Set.of("Exception", "Throwable", "java.lang.Exception", "java.lang.Throwable");

    private SourceRules() {}

    /** A place in the source, one based. */
    record Finding(String rule, String type, long line, String what) {
        @Override
        public String toString() {
            return type + ":" + line + " " + what;
        }
    }

    static final String SWALLOWS = "failuresAreNotSwallowed";
    static final String UNDOCUMENTED = "exportedTypesSayWhatTheyPromise";
    static final String NOT_NULL_MARKED = "packagesSayWhatMayBeNull";

    static List<Finding> in(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Finding> found = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    diagnostic -> {},
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scan(unit, docs, found).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static final class Scan extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final DocTrees docs;
        private final List<Finding> found;

        Scan(CompilationUnitTree unit, DocTrees docs, List<Finding> found) {
            this.unit = unit;
            this.docs = docs;
            this.found = found;
        }

        @Override
        public Void visitCatch(CatchTree node, Void none) {
            Tree caught = node.getParameter().getType();
            List<? extends Tree> types =
                    caught instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(caught);
            if (types.stream().anyMatch(each -> TOO_WIDE.contains(each.toString())) && !throwsAgain(node)) {
                add(SWALLOWS, node, "catches " + caught + " and does not throw");
            }
            return super.visitCatch(node, none);
        }

        /** The compiler asks about null only where a package says so. */
        @Override
        public Void visitPackage(PackageTree node, Void none) {
            if (outermost().endsWith(".package-info")
                    && node.getAnnotations().stream()
                            .noneMatch(
                                    each -> each.getAnnotationType().toString().endsWith("NullMarked"))) {
                add(NOT_NULL_MARKED, node, "is not @NullMarked");
            }
            return super.visitPackage(node, none);
        }

        @Override
        public Void visitClass(ClassTree node, Void none) {
            boolean nestedInInterface = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer
                    && outer.getKind() == Tree.Kind.INTERFACE;
            boolean open = nestedInInterface || node.getModifiers().getFlags().contains(Modifier.PUBLIC);
            if (open
                    && unit.getPackageName().toString().matches(".*\\.api|.*\\.platform\\.kernel")
                    && docs.getDocComment(getCurrentPath()) == null) {
                add(UNDOCUMENTED, node, node.getSimpleName() + " has no Javadoc");
            }
            return super.visitClass(node, none);
        }

        private void add(String rule, Tree at, String what) {
            long position = docs.getSourcePositions().getStartPosition(unit, at);
            found.add(new Finding(rule, outermost(), unit.getLineMap().getLineNumber(position), what));
        }

        private String outermost() {
            String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
            return unit.getPackageName() + "." + file.substring(0, file.length() - ".java".length());
        }

        private static boolean throwsAgain(CatchTree node) {
            boolean[] thrown = {false};
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitThrow(ThrowTree throwing, Void none) {
                    thrown[0] = true;
                    return null;
                }

                @Override
                public Void visitLambdaExpression(LambdaExpressionTree later, Void none) {
                    return null;
                }
            }.scan(node.getBlock(), null);
            return thrown[0];
        }
    }
}
