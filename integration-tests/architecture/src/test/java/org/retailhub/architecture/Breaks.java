package org.retailhub.architecture;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which rule a bad fixture breaks, on its outermost class. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Breaks {
    String[] value();
}
