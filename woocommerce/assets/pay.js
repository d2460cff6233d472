/**
 * Keeps the pay page true: asks for the state, counts down, copies. The page works without it.
 */
( function () {
	'use strict';

	var FIRST_WAIT = 3000;
	var LAST_WAIT = 30000;
	// Time to read "paid".
	var LEAVE_WAIT = 3000;

	function start( root ) {
		var announcer = root.querySelector( '[data-bonuspay-announce]' );
		var wait = FIRST_WAIT;
		var timer = 0;
		var ticker = 0;
		var isAsking = false;
		var endsAt = 0;
		var toldMinute = -1;

		function find( name ) {
			return root.querySelector( '[data-bonuspay-' + name + ']' );
		}

		function announce( text ) {
			announcer.textContent = text;
		}

		// Lets a button answer for two seconds.
		function say( button, text ) {
			var label = button.dataset.label || button.textContent;
			button.dataset.label = label;
			button.textContent = text;
			announce( text );
			window.setTimeout( function () {
				button.textContent = label;
			}, 2000 );
		}

		// Asking.

		function plan( delay ) {
			window.clearTimeout( timer );
			if ( ! root.dataset.final && ! document.hidden ) {
				timer = window.setTimeout( ask, delay, null );
			}
		}

		function ask( asker ) {
			window.clearTimeout( timer );
			if ( isAsking ) {
				return;
			}
			isAsking = true;
			get( root.dataset.statusUrl )
				.then( function ( answer ) {
					// Where the route is closed, the page itself tells.
					return answer.ok ? answer.json() : getPage();
				} )
				.then( function ( view ) {
					if ( typeof view.seconds_left === 'number' ) {
						endsAt = Date.now() + view.seconds_left * 1000;
					}
					if ( view.revision === root.dataset.revision ) {
						wait = Math.min( wait * 1.5, LAST_WAIT );
						if ( asker ) {
							say( asker, asker.dataset.done );
						}
						return undefined;
					}
					wait = FIRST_WAIT;
					return ( view.fresh ? Promise.resolve( view ) : getPage() ).then( function ( page ) {
						show( page.fresh );
						// What was told last counts, even when a cache gave an older page: no loop.
						root.dataset.revision = view.revision;
					} );
				} )
				.catch( function () {
					// The network, or the server for a moment: ask again later.
					wait = Math.min( wait * 2, LAST_WAIT );
				} )
				.then( function () {
					isAsking = false;
					plan( wait );
				} );
		}

		// By an address that nobody asked for yet: a cache that reads no header has no answer to it.
		function get( address ) {
			var fresh = new window.URL( address, window.location.href );
			fresh.searchParams.set( 'bonuspay-at', Date.now() );
			return window.fetch( fresh.href, { cache: 'no-store', credentials: 'same-origin' } );
		}

		// The page as it is now.
		function getPage() {
			return get( window.location.href )
				.then( function ( answer ) {
					if ( answer.status === 404 ) {
						// The order is gone: the server says so in words, but not where a cache kept this page.
						window.location.replace( answer.url );
					}
					if ( ! answer.ok ) {
						throw new Error( 'HTTP ' + answer.status );
					}
					return answer.text();
				} )
				.then( function ( html ) {
					var fresh = new window.DOMParser().parseFromString( html, 'text/html' ).querySelector( '[data-bonuspay]' );
					return { fresh: fresh, revision: fresh.dataset.revision };
				} );
		}

		// Takes the body from the page, so that a theme's own template stays in charge of it.
		function show( fresh ) {
			var focused = document.activeElement && root.contains( document.activeElement ) ? document.activeElement.id : '';
			find( 'body' ).replaceWith( document.importNode( fresh.querySelector( '[data-bonuspay-body]' ), true ) );
			[ 'final', 'next' ].forEach( function ( name ) {
				root.dataset[ name ] = fresh.dataset[ name ] || '';
			} );
			enhance();
			if ( focused ) {
				( document.getElementById( focused ) || headline() ).focus();
			}
			announce( headline().textContent + '. ' + headline().nextElementSibling.textContent );
			leave();
		}

		function headline() {
			var element = find( 'headline' );
			element.tabIndex = -1;
			return element;
		}

		// Paid: on to the order.
		function leave() {
			if ( root.dataset.next ) {
				window.setTimeout( function () {
					window.location.assign( root.dataset.next );
				}, LEAVE_WAIT );
			}
		}

		// Counting down.

		function digits( number ) {
			return ( number < 10 ? '0' : '' ) + number;
		}

		function tick() {
			var element = find( 'countdown' );
			var left = Math.max( 0, Math.ceil( ( endsAt - Date.now() ) / 1000 ) );
			var minutes = Math.floor( left / 60 );
			if ( ! element ) {
				window.clearInterval( ticker );
				return;
			}
			element.textContent =
				( minutes < 60 ? digits( minutes ) : Math.floor( minutes / 60 ) + ':' + digits( minutes % 60 ) ) +
				':' +
				digits( left % 60 );
			element.classList.toggle( 'is-short', left < 120 );
			if ( toldMinute !== -1 && minutes !== toldMinute ) {
				announce( element.dataset.minutes.replace( '%s', minutes + 1 ) );
			}
			toldMinute = minutes;
			if ( left === 0 ) {
				window.clearInterval( ticker );
				plan( 500 );
			}
		}

		function countDown() {
			var element = find( 'countdown' );
			window.clearInterval( ticker );
			if ( element ) {
				endsAt = Date.now() + Number( element.dataset.bonuspayCountdown ) * 1000;
				toldMinute = -1;
				element.hidden = false;
				ticker = window.setInterval( tick, 1000 );
				tick();
			}
		}

		// Copying.

		function copyOldWay( text ) {
			var field = document.createElement( 'textarea' );
			var isDone = false;
			field.value = text;
			field.className = 'bonuspay-sr';
			root.appendChild( field );
			field.select();
			try {
				isDone = document.execCommand( 'copy' );
			} catch ( error ) {
				isDone = false;
			}
			field.remove();
			return isDone ? Promise.resolve() : Promise.reject( new Error( 'copy' ) );
		}

		function copy( button ) {
			var text = button.dataset.bonuspayCopy;
			var clipboard = window.navigator.clipboard;
			( clipboard ? clipboard.writeText( text ).catch( copyOldWay.bind( null, text ) ) : copyOldWay( text ) )
				.then( function () {
					button.focus();
					say( button, button.dataset.done );
				} )
				.catch( function () {
					button.hidden = true;
				} );
		}

		// What only a script can offer appears now.
		function enhance() {
			root.querySelectorAll( '[data-bonuspay-copy]' ).forEach( function ( button ) {
				button.hidden = false;
			} );
			countDown();
		}

		root.addEventListener( 'click', function ( event ) {
			var button = event.target.closest( '[data-bonuspay-copy]' );
			if ( button ) {
				copy( button );
				return;
			}
			button = event.target.closest( '[data-bonuspay-check]' );
			if ( button && ! event.ctrlKey && ! event.metaKey && ! event.shiftKey ) {
				event.preventDefault();
				wait = FIRST_WAIT;
				ask( button );
			}
		} );
		document.addEventListener( 'visibilitychange', function () {
			wait = FIRST_WAIT;
			plan( 0 );
		} );
		window.addEventListener( 'focus', function () {
			wait = FIRST_WAIT;
			plan( 300 );
		} );
		window.addEventListener( 'pageshow', function ( event ) {
			if ( event.persisted ) {
				ask( null );
			}
		} );

		enhance();
		leave();
		// At once, and whatever it says: a cache may have kept this page.
		ask( null );
	}

	document.querySelectorAll( '[data-bonuspay]' ).forEach( start );
}() );
