package org.retailhub.platform.runtime.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A read that is answered as it was answered last to the same tenant while the database does not answer, with its age. For what changes seldom
 * or says itself how far it is; not for what somebody promises goods or money by.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MayBeOld {
    /** Older than this it is no answer. */
    int seconds() default 600;
}
