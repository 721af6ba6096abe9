// Follows one topic of the sync socket with the official client and tells what happens, one JSON line each.
import { Socket } from "phoenix";
import WebSocket from "ws";

const [url, topic] = process.argv.slice(2);
const tell = (step, more = {}) => process.stdout.write(JSON.stringify({ step, ...more }) + "\n");
let last = 0;

const socket = new Socket(url, {
  params: { token: process.env.SYNC_TOKEN },
  transport: WebSocket,
  heartbeatIntervalMs: 300,
  reconnectAfterMs: () => 100,
  rejoinAfterMs: () => 100,
});
socket.onClose(() => tell("closed"));
socket.onMessage((message) => {
  if (message.topic === "phoenix" && message.event === "phx_reply") tell("heartbeat", message.payload);
});

const channel = socket.channel("sync:v1", {});
channel.on("sync:update_batch", (batch) => {
  for (const update of batch.updates) {
    last = update.watermark;
    tell("update", { watermark: update.watermark });
  }
});
channel.on("sync:frame", (frame) => tell("frame", { kind: frame.kind }));
channel.join().receive("ok", (joined) => {
  tell("joined", joined);
  channel.push("sync:subscribe", { topics: ["odd"] }).receive("error", (refused) => tell("refused", refused));
  channel
    .push("sync:subscribe", { topics: [topic], resume_after: { [topic]: last } })
    .receive("ok", (subscribed) => tell("subscribed", subscribed));
  channel.push("sync:heartbeat", {}).receive("ok", (beat) => tell("sync-heartbeat", beat));
});
socket.connect();
