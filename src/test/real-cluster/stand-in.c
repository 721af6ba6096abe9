// Stands in for the runtime's image on a cluster that cannot pull it: answers every request on port 4000 with the
// health body, and runs release commands. What it does wrong is told by the variable STAND_IN: crash, refuse, eat, fail, complain.
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void end(int signal) { _exit(0); }

static int is(const char *word) {
  const char *told = getenv("STAND_IN");
  return told && strcmp(told, word) == 0;
}

static void eat(void) {
  for (;;) {
    char *block = malloc(1 << 24);
    if (block) memset(block, 1, 1 << 24);
  }
}

// Few errors are ordinary, so there are many.
static void complain(const char *of) {
  for (int i = 0; i < 100; i++) printf("12:00:00.000 request_id=stand-in [error] %s\n", of);
}

static void answer(int client) {
  char request[4096];
  const char *body = "{\"status\":\"ok\",\"version\":\"0.1.0\",\"service\":\"runtime\"}";
  char response[512];
  ssize_t length = read(client, request, sizeof request);
  if (length <= 0) return;
  printf("12:00:00.000 request_id=stand-in [info] Sent %s in 1ms\n", is("refuse") ? "401" : "200");
  if (is("complain")) complain("the stand-in complains");
  fflush(stdout);
  snprintf(response, sizeof response,
           "HTTP/1.1 %s\r\ncontent-type: application/json\r\ncontent-length: %zu\r\nconnection: close\r\n\r\n%s",
           is("refuse") ? "401 Unauthorized" : "200 OK", strlen(body), body);
  if (write(client, response, strlen(response)) < 0) return;
}

int main(int count, char **arguments) {
  signal(SIGTERM, end);
  signal(SIGINT, end);
  signal(SIGPIPE, SIG_IGN);
  if (count > 1 && strcmp(arguments[1], "eval") == 0) {
    if (is("fail")) {
      fprintf(stderr, "** (RuntimeError) runtime smoke check failed: {:health_status, 503, \"\"}\n");
      return 1;
    }
    return 0;
  }
  if (is("crash")) {
    complain("the stand-in crashes");
    return 1;
  }
  int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4000), .sin_addr.s_addr = INADDR_ANY};
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 64)) return 1;
  if (is("eat")) eat();
  for (;;) {
    int client = accept(server, NULL, NULL);
    if (client < 0) continue;
    answer(client);
    close(client);
  }
}
