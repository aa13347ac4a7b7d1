// Calls the gateway with node's soap package, unmodified: prints what it understood as one JSON object.
import soap from 'soap';

const [wsdl, serviceId, bin] = process.argv.slice(2);
const client = await soap.createClientAsync(wsdl);
const request = {
  request: {
    requestInfo: {
      messageId: 'node-1', serviceId, messageDate: new Date().toISOString(),
      sender: { senderId: 'client', password: 'client-test-password' },
    },
    requestData: {
      data: { $xml: `<g:Request xmlns:g="http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"><RequestorBIN>200190990041</RequestorBIN><BIN>${bin}</BIN></g:Request>` },
    },
  },
};
const told = { operations: Object.keys(Object.values(Object.values(client.describe())[0])[0]) };
try {
  const [answer] = await client.SendMessageAsync(request);
  told.answer = answer;
} catch (error) {
  told.fault = error.root?.Envelope?.Body?.Fault ?? String(error);
  told.status = error.response?.status;
}
console.log(JSON.stringify(told));
