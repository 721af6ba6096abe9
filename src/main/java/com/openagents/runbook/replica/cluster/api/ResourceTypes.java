package com.openagents.runbook.replica.cluster.api;

import static com.openagents.runbook.replica.cluster.api.ResourceType.of;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kinds this server serves, in the order of discovery. */
final class ResourceTypes {

    static final ResourceType NAMESPACES = of("", "v1", "namespaces", "Namespace")
            .clusterWide()
            .shortName("ns")
            .with("finalize", "status")
            .only("create", "delete", "get", "list", "patch", "update", "watch");
    static final ResourceType PODS =
            of("", "v1", "pods", "Pod").shortName("po").inAll().with("binding", "eviction", "log", "status");
    static final ResourceType SERVICES =
            of("", "v1", "services", "Service").shortName("svc").inAll().with("status");
    static final ResourceType EVENTS = of("", "v1", "events", "Event").shortName("ev");
    static final ResourceType NEW_EVENTS =
            of("events.k8s.io", "v1", "events", "Event").shortName("ev");
    static final ResourceType SERVICE_ACCOUNTS =
            of("", "v1", "serviceaccounts", "ServiceAccount").shortName("sa").with("token");
    static final ResourceType CLAIMS = of("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim")
            .shortName("pvc")
            .with("status");
    static final ResourceType QUOTAS =
            of("", "v1", "resourcequotas", "ResourceQuota").shortName("quota").with("status");
    static final ResourceType SECRETS = of("", "v1", "secrets", "Secret");
    static final ResourceType CONFIG_MAPS =
            of("", "v1", "configmaps", "ConfigMap").shortName("cm");
    static final ResourceType NODES =
            of("", "v1", "nodes", "Node").clusterWide().shortName("no").with("status");
    static final ResourceType STATEFUL_SETS = of("apps", "v1", "statefulsets", "StatefulSet")
            .shortName("sts")
            .inAll()
            .with("scale", "status");
    static final ResourceType DEPLOYMENTS = of("apps", "v1", "deployments", "Deployment")
            .shortName("deploy")
            .inAll()
            .with("scale", "status");
    static final ResourceType REPLICA_SETS = of("apps", "v1", "replicasets", "ReplicaSet")
            .shortName("rs")
            .inAll()
            .with("scale", "status");
    static final ResourceType DAEMON_SETS =
            of("apps", "v1", "daemonsets", "DaemonSet").shortName("ds").inAll().with("status");
    static final ResourceType CONTROLLER_REVISIONS = of("apps", "v1", "controllerrevisions", "ControllerRevision");
    static final ResourceType JOBS = of("batch", "v1", "jobs", "Job").inAll().with("status");
    static final ResourceType CRON_JOBS =
            of("batch", "v1", "cronjobs", "CronJob").shortName("cj").inAll().with("status");
    static final ResourceType AUTOSCALERS = of(
                    "autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler")
            .shortName("hpa")
            .inAll()
            .with("status");
    static final ResourceType DISRUPTION_BUDGETS = of("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget")
            .shortName("pdb")
            .with("status");
    static final ResourceType NETWORK_POLICIES =
            of("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy").shortName("netpol");
    static final ResourceType ENDPOINT_SLICES = of("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
    static final ResourceType LEASES = of("coordination.k8s.io", "v1", "leases", "Lease");
    static final ResourceType ROLES = of("rbac.authorization.k8s.io", "v1", "roles", "Role");
    static final ResourceType ROLE_BINDINGS = of("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
    static final ResourceType CLUSTER_ROLES =
            of("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole").clusterWide();
    static final ResourceType CLUSTER_ROLE_BINDINGS = of(
                    "rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding")
            .clusterWide();
    static final ResourceType ACCESS_REVIEWS = of(
                    "authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview")
            .clusterWide()
            .only("create");
    static final ResourceType SELF_REVIEWS = of(
                    "authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview")
            .clusterWide()
            .only("create");
    static final ResourceType RULES_REVIEWS = of(
                    "authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview")
            .clusterWide()
            .only("create");

    private static final List<ResourceType> ALL = List.of(
            CONFIG_MAPS,
            of("", "v1", "endpoints", "Endpoints").shortName("ep"),
            EVENTS,
            NAMESPACES,
            NODES,
            CLAIMS,
            PODS,
            QUOTAS,
            SECRETS,
            SERVICE_ACCOUNTS,
            SERVICES,
            CONTROLLER_REVISIONS,
            DAEMON_SETS,
            DEPLOYMENTS,
            REPLICA_SETS,
            STATEFUL_SETS,
            NEW_EVENTS,
            SELF_REVIEWS,
            ACCESS_REVIEWS,
            RULES_REVIEWS,
            AUTOSCALERS,
            CRON_JOBS,
            JOBS,
            NETWORK_POLICIES,
            DISRUPTION_BUDGETS,
            CLUSTER_ROLE_BINDINGS,
            CLUSTER_ROLES,
            ROLE_BINDINGS,
            ROLES,
            LEASES,
            ENDPOINT_SLICES);

    private ResourceTypes() {}

    static List<ResourceType> all() {
        return ALL;
    }

    static Optional<ResourceType> find(String group, String version, String plural) {
        return ALL.stream()
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(plural))
                .findFirst();
    }

    /** Groups other than the core group, in the order of discovery. */
    static Set<String> groups() {
        var groups = new LinkedHashSet<String>();
        ALL.forEach(type -> groups.add(type.group()));
        groups.remove("");
        return groups;
    }

    static boolean serves(String group, String version) {
        return ALL.stream()
                .anyMatch(type -> type.group().equals(group) && type.version().equals(version));
    }

    /** Both event kinds are two views of one store, as in a real cluster. */
    static ResourceType storedAs(ResourceType type) {
        return type == NEW_EVENTS ? EVENTS : type;
    }
}
