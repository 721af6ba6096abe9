*** Settings ***
Documentation     What the runbook's section 1 asks, as far as KubeLibrary has keywords for it.
Library           KubeLibrary    kube_config=%{KUBECONFIG}    cert_validation=False

*** Test Cases ***
Every Runtime Pod Is Running
    @{pods}=    List Namespaced Pod By Pattern    runtime-[0-9]+    ${NAMESPACE}
    FOR    ${pod}    IN    @{pods}
        Should Be Equal    ${pod.status.phase}    Running
    END

Every Runtime Pod Is Ready And Never Restarted
    @{pods}=    List Namespaced Pod By Pattern    runtime-[0-9]+    ${NAMESPACE}
    FOR    ${pod}    IN    @{pods}
        Should Be True    ${pod.status.container_statuses[0].ready}
        Should Be Equal As Integers    ${pod.status.container_statuses[0].restart_count}    0
    END

There Are As Many Pods As The StatefulSet Asks For
    @{sets}=    List Namespaced Stateful Set    ${NAMESPACE}
    Should Be Equal As Integers    ${sets[0].status.ready_replicas}    ${sets[0].spec.replicas}

The Autoscaler Has What It Wants
    ${hpa}=    Read Namespaced Horizontal Pod Autoscaler    runtime    ${NAMESPACE}
    Should Be Equal As Integers    ${hpa.status.current_replicas}    ${hpa.status.desired_replicas}

The Smoke Run Is Complete
    @{jobs}=    List Namespaced Job By Pattern    runtime-smoke    ${NAMESPACE}
    Should Be Equal As Integers    ${jobs[0].status.succeeded}    1
