package org.retailhub.platform.runtime.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An operation whose body may be longer than others', since it is read as it comes and never held in memory as a whole. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TakesFile {
    /** More is refused with 413, before it is read if it says how long it is. */
    long mostBytes();
}
