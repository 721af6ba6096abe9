package com.openagents.runbook.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The systems that a step, or every step of a class, asks. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
    SystemName[] value();

    /** What of Kubernetes: from this come the preflight and the least Role. */
    Right[] rights() default {};

    /** Whether something must have happened for the step to have anything to judge; a replica then makes traffic. */
    boolean traffic() default false;
}
